import { assertOptions, type NumberRange, OBJECT, type OptionRules, SOME } from '@brandkit/core'
import type { LimiterAnswer } from '../limiter-answer.js'

/** What generators may ask of one provider in a minute, over all workers. At least one of the two is needed. */
export interface ProviderLimit {
  requestsPerMinute?: number | undefined
  tokensPerMinute?: number | undefined
}

/** The limits by the names under which generators know the providers. */
export type ProviderLimits = Readonly<Record<string, ProviderLimit>>

interface Policy {
  points: number
  /** Seconds. */
  duration: number
  keyPrefix: string
}

/** Makes a limiter for one allowance. */
export type CreateProviderLimiter = (policy: Policy) => ProviderLimiter

/** A limiter as in rate-limiter-flexible. `consume` rejects with the answer when the points are used up. */
export interface ProviderLimiter {
  consume(key: string, points: number, options: { customDuration: number }): Promise<LimiterAnswer>
  /** Gives points back. */
  reward(key: string, points: number, options: { customDuration: number }): Promise<LimiterAnswer>
  set(key: string, points: number, seconds: number): Promise<unknown>
  get(key: string): Promise<{ consumedPoints: number } | null>
}

/** The limiter's keys hold the name and the minute; Postgres keeps 255 characters. */
const LONGEST_NAME = 100

const LIMIT: NumberRange = { ...SOME, insteadOfInfinity: 'Leave it out for no limit.' }
const PROVIDER: OptionRules<ProviderLimit> = { requestsPerMinute: LIMIT, tokensPerMinute: LIMIT }

/** @throws TypeError or RangeError for an unknown option, a name that is empty or too long, a provider without a limit, and a limit that is no whole number from 1 */
export function assertProviders(providers: ProviderLimits = {}): void {
  assertOptions('limits.providers', providers, Object.fromEntries(Object.keys(providers).map((name) => [name, OBJECT])))
  for (const [name, limit] of Object.entries(providers)) {
    if (name.length < 1 || name.length > LONGEST_NAME)
      throw new RangeError(
        `limits.providers has a name of ${name.length} characters; it must have 1 to ${LONGEST_NAME}.`,
      )
    assertOptions(`limits.providers.${name}`, limit, PROVIDER, { isClosed: true })
    if (limit.requestsPerMinute === undefined && limit.tokensPerMinute === undefined)
      throw new TypeError(`limits.providers.${name} has no limit. Give requestsPerMinute, tokensPerMinute, or both.`)
  }
}
