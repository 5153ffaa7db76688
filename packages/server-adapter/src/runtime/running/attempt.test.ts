import { defineTask, silentLogger } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { memoryStore } from '../../store/memory-store.js'
import { createManualClock, toClock } from '../../testing/fake-server/fake-clock.js'
import { claimOne, newTask } from '../../testing/store/new-task.js'
import { toTimings } from '../timings.js'
import { Attempt } from './attempt.js'

const BEAT_MS = 1_000

async function begin({ timeoutMs }: { timeoutMs: number }) {
  const clock = createManualClock()
  const store = memoryStore()
  const task = newTask()
  await store.create({ tasks: [task] })
  const beats: number[] = []
  const began = clock.now()
  const attempt = new Attempt({
    claim: await claimOne(store, task),
    definition: defineTask({ title: () => 'Sample', payload: z.unknown(), result: z.unknown(), steps: {} }),
    store: {
      ...store,
      beat: async () => void beats.push(clock.now() - began),
    },
    timeoutMs,
    timings: toTimings({ beatMs: BEAT_MS, leaseMs: 3 * BEAT_MS }),
    clock: toClock(clock),
    logger: silentLogger,
  })
  return { attempt, clock, beats }
}

describe('the one timer of an attempt', () => {
  it('beats regularly, times out between beats, and goes on until the end is stored', async () => {
    const { attempt, clock, beats } = await begin({ timeoutMs: 2_500 })
    const outcome = attempt.race(() => new Promise(() => {}))
    await clock.advance(2_499)
    expect(attempt.abortReason).toBeNull()
    await clock.advance(1)
    expect(attempt.abortReason).toBe('task_timed_out')
    expect(await outcome).toBeUndefined()
    await clock.advance(1_500)
    expect(beats).toEqual([1_000, 2_000, 3_000, 4_000])
    attempt.end()
    await clock.advance(10 * BEAT_MS)
    expect(beats).toHaveLength(4)
  })

  it('times out before the first beat', async () => {
    const { attempt, clock, beats } = await begin({ timeoutMs: 10 })
    await clock.advance(10)
    expect(attempt.abortReason).toBe('task_timed_out')
    expect(beats).toEqual([])
    attempt.end()
  })
})

describe('the race of an attempt', () => {
  it('settles as its work does, even if that throws at once', async () => {
    const { attempt } = await begin({ timeoutMs: 1_000 })
    expect(await attempt.race(() => 'done')).toBe('done')
    const fault = new Error('Refused.')
    await expect(
      attempt.race(() => {
        throw fault
      }),
    ).rejects.toBe(fault)
    attempt.end()
  })
})
