import { toHex } from './platform.js'

/** Random bytes for about a hundred tasks. Asking the system for the bytes of one id costs six times as much as the rest of it. */
const pool = new Uint8Array(4_096)
let used = pool.length

/** Random bytes, at most 4,096 at once. They stay as they are until the next call. None are given out twice. */
export function randomBytes(count: number): Uint8Array {
  if (used + count > pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  used += count
  return pool.subarray(used - count, used)
}

/** A random trace id (W3C Trace Context, section 3.2.2.3), as core makes it for pages, which need few. */
export function createTraceId(): string {
  return toHex(randomBytes(16))
}

/** A random `parent-id` of a `traceparent` (section 3.2.2.4). */
export function createSpanId(): string {
  return toHex(randomBytes(8))
}
