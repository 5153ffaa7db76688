import { describeError, isJsonObject, TaskError, type TaskLogger } from '@brandkit/core'
import type * as limiters from 'rate-limiter-flexible'
// Not the package's index, which loads Node.js modules for its other limiters.
// @ts-expect-error The package declares the types of its index only.
import UntypedMemoryLimiter from 'rate-limiter-flexible/lib/RateLimiterMemory.js'
import { answerInTime } from '../../patience.js'
import type { KnownPrincipal } from '../../principal.js'
import type { CreateLimiter, LimitPolicy, LimiterAnswer, TaskLimits } from './task-limits.js'

const RateLimiterMemory = UntypedMemoryLimiter as typeof limiters.RateLimiterMemory

export interface CreateQuota {
  /** Null while there is room. */
  refusal: TaskError | null
  /**
   * `RateLimit-Policy` and `RateLimit`, empty where nothing is limited.
   *
   * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
   */
  headers: Readonly<Record<string, string>>
}

/** How fast a principal may create tasks. Counts tasks, so that a batch is no way round. */
export type CreateRate = (principal: KnownPrincipal, tasks: number) => Promise<CreateQuota>

const WINDOW_SECONDS = 60

/** A create waits no longer for a limiter, in milliseconds: the Redis behind it may keep a connection open and say nothing. */
const LIMITER_MS = 2_000

export function createCreateRate(
  policy: LimitPolicy,
  { createLimiter = (options) => new RateLimiterMemory(options) }: TaskLimits = {},
  logger: TaskLogger,
): CreateRate {
  // One for each allowance, since principals of different tiers have different ones.
  const limiters = new Map<number, CreateLimiter>()

  function limiterOf(points: number): CreateLimiter {
    const limiter = limiters.get(points) ?? createLimiter({ points, duration: WINDOW_SECONDS })
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
      // A batch larger than the allowance takes all of it: refused for ever, it would be an error and no limit.
      const left: unknown = await answerInTime(limiterOf(allowance).consume(key, Math.min(tasks, allowance)), {
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

/** Asks for the shape, since an app's limiter may come from a copy of the library of its own. */
function isLimiterAnswer(answer: unknown): answer is LimiterAnswer {
  try {
    return isJsonObject(answer) && [answer['remainingPoints'], answer['msBeforeNext']].every(Number.isFinite)
  } catch {
    return false
  }
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
