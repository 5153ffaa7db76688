import { parseDuration } from './publication.js'

/** The longest pause between two tries, in milliseconds. */
const LONGEST_MS = 86_400_000

/**
 * The delay before the `retry`-th retry (1 is the first), in milliseconds: as `Retry-After` asks (seconds, a date, or a
 * duration such as `6m5s`), otherwise min(86400, e^(2.5n)) seconds (QStash, "Retry").
 */
export function retryDelayMs(retry: number, retryAfter: string | null, now: number): number {
  const asked = retryAfter === null ? null : parseRetryAfter(retryAfter.trim(), now)
  // A `Retry-After` of more than a day is ignored.
  if (asked !== null && asked <= LONGEST_MS) return Math.max(0, asked)
  return Math.min(LONGEST_MS, Math.exp(2.5 * retry) * 1_000)
}

function parseRetryAfter(text: string, now: number): number | null {
  if (/^\d+$/.test(text)) return Number(text) * 1_000
  const duration = parseDuration(text)
  if (duration !== null) return duration
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : date - now
}
