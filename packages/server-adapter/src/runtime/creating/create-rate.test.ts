import { createLogger, type LogEntry } from '@brandkit/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sampleTasks } from '../../../proofs/fixtures/sample-tasks.js'
import { createCreateRate } from './create-rate.js'
import { type CreateLimiter, createLimitPolicy } from './task-limits.js'

const given = { tenantId: 'acme', userId: 'ada', brandIds: '*', maxPriority: 'normal' } as const
const ada = { ...given, asGiven: given }

function rateOf(consume: CreateLimiter['consume']) {
  const entries: LogEntry[] = []
  const limits = { createPerMinute: 2, createLimiter: () => ({ consume }) }
  const logger = createLogger({ sink: (entry) => void entries.push(entry) })
  return { entries, rate: createCreateRate(createLimitPolicy(sampleTasks, limits), limits, logger) }
}

const LET_THROUGH = [{ message: 'The rate of creates cannot be counted, so this one is let through' }]

afterEach(() => {
  vi.useRealTimers()
})

describe('a limiter that cannot count', () => {
  it.each([
    undefined,
    null,
    5,
    {},
    { remainingPoints: Number.NaN, msBeforeNext: 1 },
    { remainingPoints: 1, msBeforeNext: 'x' },
  ])('lets a create through without headers when it answers %o', async (left) => {
    const { rate, entries } = rateOf(async () => left as never)
    expect(await rate(ada, 1)).toEqual({ refusal: null, headers: {} })
    expect(entries).toMatchObject(LET_THROUGH)
  })

  it('holds a create for two seconds at most when it never answers', async () => {
    vi.useFakeTimers()
    const { rate, entries } = rateOf(() => Promise.withResolvers<never>().promise)
    const settled = vi.fn()
    const quota = rate(ada, 1).finally(settled)
    await vi.advanceTimersByTimeAsync(1_999)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(settled).toHaveBeenCalled()
    expect(await quota).toEqual({ refusal: null, headers: {} })
    expect(entries).toMatchObject(LET_THROUGH)
  })

  it('leaves no timer behind when it answers', async () => {
    vi.useFakeTimers()
    const { rate } = rateOf(async () => ({ remainingPoints: 1, msBeforeNext: 60_000 }))
    expect((await rate(ada, 1)).headers).toMatchObject({ ratelimit: '"create";r=1;t=60' })
    expect(vi.getTimerCount()).toBe(0)
  })
})
