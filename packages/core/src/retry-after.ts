import * as LIMITS from './limits.js'

/** The headers of `fetch`, or an object by name as in Node.js and axios. */
type AnyHeaders = Pick<Headers, 'get'> | Readonly<Record<string, unknown>>

/**
 * A provider's time for the next request: the text of a `Retry-After` header (seconds, or an HTTP date), a number of
 * seconds, a date, or a response or headers with that header.
 */
export type RetryAfter = string | number | Date | AnyHeaders | { readonly headers: AnyHeaders }

/** The delay if timers and databases can keep it: a number from 0, capped at one day; otherwise `undefined`. */
export function toDelayMs(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value < Infinity
    ? Math.min(value, LIMITS.longestRetryMs)
    : undefined
}

/**
 * Reads a `Retry-After` (RFC 9110, section 10.2.3) in either form: seconds, or an HTTP date.
 *
 * @param now milliseconds since the epoch; default: this computer's clock
 * @returns milliseconds from now, at least 0 and at most a day; `undefined` when the value is missing or meaningless
 */
export function toRetryAfterMs(
  retryAfter: RetryAfter | null | undefined,
  now: number = Date.now(),
): number | undefined {
  try {
    const given = findGiven(retryAfter)
    if (given instanceof Date) return toDelayMs(Math.max(0, given.getTime() - now))
    if (typeof given === 'number') return toDelayMs(given * 1_000)
    if (typeof given !== 'string') return undefined
    return readRetryAfter(given, now)
  } catch {
    // An unreadable header counts as missing; the caller waits its usual time.
    return undefined
  }
}

/** Reads the text of the header. Clients need only this form. */
export function readRetryAfter(header: string, now: number = Date.now()): number | undefined {
  const text = header.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return toDelayMs(Math.min(Number(text) * 1_000, LIMITS.longestRetryMs))
  return IS_DATE.test(text) ? toDelayMs(Math.max(0, Date.parse(toZoned(text)) - now)) : undefined
}

function findGiven(given: RetryAfter | null | undefined): unknown {
  if (typeof given !== 'object' || given === null || given instanceof Date) return given
  const headers = ('headers' in given ? given.headers : given) as AnyHeaders
  if (typeof headers.get === 'function') return headers.get('retry-after')
  // Some libraries keep a number, or a list of texts; a list of one text reads as that text.
  return String(Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after')?.[1])
}

/** An HTTP date begins with the day of the week (RFC 9110, section 5.6.7). `Date.parse` alone would find a year in "-5". */
const IS_DATE = /^(?:(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*,? |\d{4}-\d\d-\d\dT)/i

/** The oldest form of an HTTP date names no zone and means UTC. */
function toZoned(text: string): string {
  return /(?:GMT|UTC|Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text} GMT`
}
