import { createBackoffPolicy, defineTask, defineTasks, silentLogger } from '@brandkit/core'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { machineClock } from '../../clock.js'
import { memoryStore } from '../../store/memory-store.js'
import { claimOne, createOne } from '../../testing/store/new-task.js'
import { createTelemetry } from '../telemetry.js'
import { toTimings } from '../timings.js'
import type { GeneratorContext } from './generator.js'
import type { Work } from './newest-work.js'
import { type Claimed, createRunningAttempts } from './running-attempts.js'

const SAMPLE = defineTask({ title: () => 'Sample', payload: z.unknown(), result: z.unknown(), steps: {} })

function openAttempts() {
  const store = memoryStore()
  const attempts = createRunningAttempts({
    store,
    releaseNext: async () => {},
    budgets: undefined,
    lifecycle: () => {},
    telemetry: createTelemetry(),
    backoff: createBackoffPolicy(),
    timings: toTimings({ drainMs: 0 }),
    mostSettling: 1,
    tellEnd: async () => {},
    freeSlot: () => {},
    providers: undefined,
    clock: machineClock,
    logger: silentLogger,
  })

  /** Runs a generator that waits for the end of its attempt. */
  function begin(claim: Claimed): AbortSignal {
    const signals: AbortSignal[] = []
    const generator = ({ signal }: GeneratorContext<typeof SAMPLE>) => {
      signals.push(signal)
      return new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      })
    }
    const { type } = claim.task
    const work: Work = {
      catalog: defineTasks({ [type]: SAMPLE }),
      generators: new Map([[type, generator]]),
      knownTypes: [type],
      typeVersions: new Map([[type, 1]]),
    }
    void attempts.start(claim, work, {})
    const [signal] = signals
    if (!signal) throw new Error('The generator was not called.')
    return signal
  }
  return { store, attempts, begin }
}

it('an attempt ends when this process claims its task again, because its lease has run out', async () => {
  const { store, attempts, begin } = openAttempts()
  const task = await createOne(store)
  const claim = await claimOne(store, task)
  const earlier = begin(claim)
  const later = begin({ ...claim, lease: { ...claim.lease, epoch: claim.lease.epoch + 1 } })
  expect(earlier.reason).toMatchObject({ reason: 'ownership_lost' })
  expect(later.aborted).toBe(false)
  await expect.poll(() => [...attempts.taskIds()]).toEqual([task.taskId])
  // The end of the earlier attempt has not hidden the later one.
  const { taskId, tenantId, userId } = task
  attempts.onChanges([{ taskId, tenantId, userId, version: 4, status: 'cancelled', epoch: 3 }])
  expect(later.reason).toMatchObject({ reason: 'cancelled' })
  await attempts.stop()
})

it('a change reaches the attempt of its own task only', async () => {
  const { store, attempts, begin } = openAttempts()
  const [one, other] = [await createOne(store), await createOne(store)]
  const cancelled = begin(await claimOne(store, one))
  const untouched = begin(await claimOne(store, other))
  const { taskId, tenantId, userId } = one
  attempts.onChanges([{ taskId, tenantId, userId, version: 3, status: 'cancelled', epoch: 2 }])
  expect(cancelled.reason).toMatchObject({ reason: 'cancelled' })
  expect(untouched.aborted).toBe(false)
  await attempts.stop()
})
