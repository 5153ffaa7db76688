import { isJsonObject } from '@brandkit/core'

/** What is left of an allowance, as limiters of rate-limiter-flexible say it. */
export interface LimiterAnswer {
  remainingPoints: number
  msBeforeNext: number
}

/** How long a caller waits for a limiter, in milliseconds: a hanging Redis may keep its connection open without an answer. */
export const LIMITER_MS = 2_000

/** Checks the shape instead of the class, because an app's limiter may come from its own copy of the library. */
export function isLimiterAnswer(answer: unknown): answer is LimiterAnswer {
  try {
    return isJsonObject(answer) && [answer['remainingPoints'], answer['msBeforeNext']].every(Number.isFinite)
  } catch {
    return false
  }
}
