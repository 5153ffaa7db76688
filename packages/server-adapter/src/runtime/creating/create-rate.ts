import { describeError, TaskError, type TaskLogger } from '@brandkit/core'
import type * as limiters from 'rate-limiter-flexible'
import { answerInTime } from '../../patience.js'
import type { KnownPrincipal } from '../../principal.js'
import { isLimiterAnswer, type LimiterAnswer, LIMITER_MS } from '../limiter-answer.js'
import type { CreateLimiter, LimitPolicy, TaskLimits } from './task-limits.js'

interface CreateQuota {
  /** The error for a create over the limit; null within the limit. */
  refusal: TaskError | null
  /**
   * `RateLimit-Policy` and `RateLimit`; empty without a limit.
   *
   * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
   */
  headers: Readonly<Record<string, string>>
}

/** Checks how fast a principal creates tasks. Counts tasks instead of requests, so that a batch cannot evade the limit. */
export type CreateRate = (principal: KnownPrincipal, tasks: number) => Promise<CreateQuota>

const WINDOW_SECONDS = 60

export function createCreateRate(
  policy: LimitPolicy,
  { createLimiter }: TaskLimits = {},
  logger: TaskLogger,
): CreateRate {
  // One limiter for each allowance, because tiers have different allowances.
  const limiters = new Map<number, CreateLimiter>()

  async function limiterOf(points: number): Promise<CreateLimiter> {
    const create = createLimiter ?? (await loadMemoryLimiter())
    const limiter = limiters.get(points) ?? create({ points, duration: WINDOW_SECONDS })
    limiters.set(points, limiter)
    return limiter
  }

  function letThrough(reason: string): CreateQuota {
    logger.warn('The rate of creates cannot be counted, so this one is let through', { reason })
    return { refusal: null, headers: {} }
  }

  return async (principal, tasks) => {
    const allowance = policy.createPerMinute(principal)
    if (allowance === undefined) return { refusal: null, headers: {} }
    const key = JSON.stringify([principal.tenantId, principal.userId])
    try {
      // A batch larger than the allowance uses all of it; otherwise it could never be created.
      const left: unknown = await answerInTime((await limiterOf(allowance)).consume(key, Math.min(tasks, allowance)), {
        from: 'The limiter',
        ms: LIMITER_MS,
      })
      if (!isLimiterAnswer(left)) return letThrough('The limiter answered no remainingPoints and msBeforeNext.')
      return { refusal: null, headers: toHeaders(allowance, left) }
    } catch (left) {
      if (!isLimiterAnswer(left)) return letThrough(describeError(left))
      return { refusal: rateLimited(allowance, left.msBeforeNext), headers: toHeaders(allowance, left) }
    }
  }
}

/** Loads the default limiter. Servers without a limit on creates never load it. */
async function loadMemoryLimiter(): Promise<NonNullable<TaskLimits['createLimiter']>> {
  // The package's index would load Node.js modules for its other limiters.
  // @ts-expect-error The package declares types for its index only.
  const loaded = (await import('rate-limiter-flexible/lib/RateLimiterMemory.js')) as { default: unknown }
  const RateLimiterMemory = loaded.default as typeof limiters.RateLimiterMemory
  return (policy) => new RateLimiterMemory(policy)
}

function toHeaders(allowance: number, left: LimiterAnswer) {
  const seconds = Math.ceil(left.msBeforeNext / 1_000)
  return {
    'ratelimit-policy': `"create";q=${allowance};w=${WINDOW_SECONDS}`,
    ratelimit: `"create";r=${Math.max(0, left.remainingPoints)};t=${seconds}`,
  }
}

function rateLimited(allowance: number, retryAfterMs: number): TaskError {
  return new TaskError(
    'rate_limited',
    `You may start ${allowance} tasks in a minute. Wait ${Math.ceil(retryAfterMs / 1_000)} seconds and try again.`,
    { retryAfterMs },
  )
}
