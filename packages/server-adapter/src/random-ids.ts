import { toHex } from './platform.js'

/** Random bytes for about fifty tasks. Asking the system for the bytes of one id costs six times as much as the rest of it. */
const pool = new Uint8Array(2_048)
let digits = ''
let used = 0

/** Random hex digits in lower case, at most 4,096 at once. None is given out twice. */
export function randomDigits(count: number): string {
  if (used + count > digits.length) {
    digits = toHex(crypto.getRandomValues(pool))
    used = 0
  }
  used += count
  return digits.slice(used - count, used)
}

/** A random trace id (W3C Trace Context, section 3.2.2.3), as core makes it for pages, which need few. */
export function createTraceId(): string {
  return randomDigits(32)
}

/** A random `parent-id` of a `traceparent` (section 3.2.2.4). */
export function createSpanId(): string {
  return randomDigits(16)
}
