/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3), in either form: seconds, or an HTTP date.
 *
 * @param now milliseconds since the epoch
 * @returns milliseconds from now, never negative; `undefined` when the header is missing or means nothing
 */
export function toRetryAfterMs(header: string | null, now: number): number | undefined {
  const value = header ?? ''
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined
}
