import { toPrintable } from './logger.js'
import { assertNumber, LONGEST_TIME_MS } from './number-range.js'

export interface BackoffOptions {
  /** Upper bound of the first delay in milliseconds. Default 1,000. */
  baseMs?: number
  /** Growth from one attempt to the next. Default 2. */
  factor?: number
  /** Upper bound of every delay in milliseconds. Default 30,000. */
  ceilingMs?: number
  /**
   * `full` draws uniformly from 0 to the bound, which spreads a crowd best ("Exponential Backoff And Jitter", AWS
   * Architecture Blog, 2015); `none` always gives the bound. Default `full`.
   */
  jitter?: 'full' | 'none'
  /** A number in [0, 1). Default `Math.random`; tests hand in `createSeededRandom(seed)`. */
  random?: () => number
}

export interface BackoffPolicy {
  /** The upper bound for the given attempt (1 is the first): `min(ceiling, base × factor^(attempt − 1))`. */
  boundMs(attempt: number): number
  /** A delay for the given attempt, jittered, in whole milliseconds. */
  delayMs(attempt: number): number
}

const USUAL = { baseMs: 1_000, factor: 2, ceilingMs: 30_000 } as const

const KNOWN_OPTIONS: readonly string[] = [
  'baseMs',
  'factor',
  'ceilingMs',
  'jitter',
  'random',
] satisfies (keyof BackoffOptions)[]

/**
 * Makes the policy that says how long to wait before the next attempt.
 *
 * @throws TypeError or RangeError when an option makes no sense or is not known
 */
export function createBackoffPolicy(options: BackoffOptions = {}): BackoffPolicy {
  for (const option of Object.keys(options)) {
    if (KNOWN_OPTIONS.includes(option)) continue
    throw new TypeError(
      `createBackoffPolicy knows no ${toPrintable(option)}. It knows baseMs, factor, ceilingMs, jitter and random.`,
    )
  }
  const { baseMs = USUAL.baseMs, factor = USUAL.factor, ceilingMs = USUAL.ceilingMs } = options
  assertNumber('baseMs', baseMs, { least: 0, most: LONGEST_TIME_MS })
  // A smaller factor would make delays shrink.
  assertNumber('factor', factor, { least: 1 })
  assertNumber('ceilingMs', ceilingMs, { least: baseMs, most: LONGEST_TIME_MS })
  return createKnownBackoff(options)
}

/**
 * Like `createBackoffPolicy`, but the options are not checked. For our own callers with constant numbers, so that pages
 * with no policy of their own do not load the checks.
 */
export function createKnownBackoff(options: BackoffOptions): BackoffPolicy {
  const { jitter = 'full', random = Math.random } = options
  const { baseMs = USUAL.baseMs, factor = USUAL.factor, ceilingMs = USUAL.ceilingMs } = options

  const boundMs = (attempt: number) => {
    const growth = factor ** Math.max(0, attempt - 1)
    // After some hundred attempts the growth is Infinity, and 0 × Infinity is not a number.
    return baseMs === 0 ? 0 : Math.min(ceilingMs, baseMs * growth)
  }
  return {
    boundMs,
    delayMs: (attempt) => Math.round(jitter === 'none' ? boundMs(attempt) : random() * boundMs(attempt)),
  }
}

/**
 * Refuses a value that is not a backoff policy; `undefined` passes.
 *
 * @throws TypeError
 */
export function assertBackoffPolicy(backoff: unknown): void {
  if (backoff === undefined) return
  try {
    const { boundMs, delayMs } = backoff as Record<keyof BackoffPolicy, unknown>
    if (typeof backoff === 'object' && typeof boundMs === 'function' && typeof delayMs === 'function') return
  } catch {
    // Null, a revoked proxy or a getter that throws is no policy either.
  }
  throw new TypeError(
    'backoff must be an object with the functions boundMs and delayMs. Make one with createBackoffPolicy({ baseMs, ceilingMs }).',
  )
}

/** Repeatable randomness for tests and simulations: the same seed gives the same numbers in [0, 1) (mulberry32). */
export function createSeededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
