import { isTaskError } from '@brandkit/core'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryStore } from '../../memory.js'
import { postgresStore } from '../../postgres.js'
import type { AttemptEnd, Lease, TaskStore } from '../../store/task-store.js'
import { FULL_PASS, KNOWN_TYPES, newTask, ownerOf } from '../store/new-task.js'
import {
  isOwner,
  modelCancel,
  modelClaim,
  modelExpire,
  modelSettle,
  type ModelTask,
  type Move,
  newModelTask,
} from './store-model.js'

const STEPS = ['channels', 'budget']
const FAILURE = { errorCode: 'generator_failed', lastError: 'No.' } as const
const ENDS: Record<AttemptEnd['status'], AttemptEnd> = {
  completed: { status: 'completed', result: 1 },
  failed: { status: 'failed', ...FAILURE },
  retry: { status: 'retry', delayMs: 0, ...FAILURE },
  release: { status: 'release' },
}

const task = fc.nat(1)
const lease = fc.nat(7)
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('claim' as const), task, leaseMs: fc.constantFrom(0, 60_000) }) },
  fc.record({ do: fc.constant('beat' as const), lease }),
  fc.record({ do: fc.constant('report' as const), lease, progress: fc.nat(120) }),
  fc.record({ do: fc.constant('checkpoint' as const), lease, step: fc.constantFrom(...STEPS) }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      lease,
      end: fc.constantFrom('completed' as const, 'failed' as const, 'retry' as const, 'release' as const),
    }),
  },
  fc.record({ do: fc.constant('cancel' as const), task }),
  fc.record({ do: fc.constant('maintain' as const) }),
)
const game = fc.record({ maxRetries: fc.nat(2), moves: fc.array(move, { maxLength: 40 }) })

/** Plays the moves on the store and on the model, and compares after each. */
async function play(store: TaskStore, { maxRetries, moves }: { maxRetries: number; moves: Move[] }): Promise<void> {
  const inputs = [newTask({ maxRetries }), newTask({ maxRetries })]
  await Promise.all(inputs.map((input) => store.create({ tasks: [input] })))
  const models = new Map(inputs.map(({ taskId }) => [taskId, newModelTask(maxRetries)]))
  const modelOf = (taskId: string): ModelTask => models.get(taskId) ?? newModelTask(0)
  const leases: Lease[] = []
  const versions = new Map<string, number>()

  async function claim(taskId: string, leaseMs: number): Promise<void> {
    const steps = [...modelOf(taskId).steps].toSorted()
    const expected = modelClaim(modelOf(taskId), leaseMs)
    const claimed = await store.claim({ taskId, knownTypes: KNOWN_TYPES, leaseMs })
    expect(claimed.outcome).toBe(expected)
    if (claimed.outcome !== 'claimed') return
    leases.unshift(claimed.lease)
    expect([...claimed.checkpoints.keys()].toSorted()).toEqual(steps)
  }

  async function write(held: Lease, made: Exclude<Move, { do: 'claim' | 'cancel' | 'maintain' }>): Promise<void> {
    const model = modelOf(held.taskId)
    if (made.do === 'settle') {
      const taken = modelSettle(model, held, made.end)
      expect(await isTaken(store.settle(held, ENDS[made.end]))).toBe(taken)
      return
    }
    const taken = isOwner(model, held)
    if (made.do === 'beat') {
      expect(await isTaken(store.beat(held, { leaseMs: 60_000 }))).toBe(taken)
      if (taken) model.overdue = false
      return
    }
    if (made.do === 'report') {
      expect(await isTaken(store.report(held, { progress: made.progress }))).toBe(taken)
      if (taken) model.progress = Math.max(model.progress, Math.min(made.progress, 99.9))
      return
    }
    expect(await isTaken(store.checkpoint(held, { step: made.step, output: 1 }))).toBe(taken)
    if (!taken) return
    model.steps.add(made.step)
    model.checkpointEpoch = model.epoch
  }

  async function make(made: Move): Promise<void> {
    if (made.do === 'maintain') {
      await store.maintain(FULL_PASS)
      for (const model of models.values()) modelExpire(model)
      return
    }
    if (made.do === 'claim' || made.do === 'cancel') {
      const input = inputs[made.task] ?? newTask()
      if (made.do === 'claim') return claim(input.taskId, made.leaseMs)
      const cancelled = modelCancel(modelOf(input.taskId))
      expect((await store.cancel(input.taskId, ownerOf(input))) !== null).toBe(cancelled)
      return
    }
    const held = leases[made.lease]
    if (held) await write(held, made)
  }

  for (const made of moves) {
    await make(made)
    for (const input of inputs) {
      const [found] = await store.find([input.taskId], ownerOf(input))
      const { status, attempt, epoch, progress } = modelOf(input.taskId)
      expect(found).toMatchObject({ status, attempt, epoch, progress })
      expect(found?.version).toBeGreaterThanOrEqual(versions.get(input.taskId) ?? 1)
      versions.set(input.taskId, found?.version ?? 1)
    }
  }
}

async function isTaken(written: Promise<unknown>): Promise<boolean> {
  try {
    await written
    return true
  } catch (error) {
    if (isTaskError(error) && error.code === 'ownership_lost') return false
    throw error
  }
}

describe.each<[string, number, () => TaskStore]>([
  ['memory', 300, () => memoryStore()],
  ['PGlite', 40, () => postgresStore('memory://')],
])('the store on %s', (_, numRuns, open) => {
  let store: TaskStore
  beforeAll(async () => {
    store = open()
    await store.open()
  }, 60_000)
  afterAll(() => store.close())

  it('does what the state machine says, whatever is done to it in whatever order', async () => {
    const property = fc.asyncProperty(game, (drawn) => play(store, drawn))
    await expect(fc.assert(property, { numRuns })).resolves.toBeUndefined()
  }, 120_000)
})
