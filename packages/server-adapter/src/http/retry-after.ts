/** When to ask again as HTTP says it, in whole seconds (RFC 9110, section 10.2.3); nothing when all is over. */
export function toRetryAfter(pollAfterMs: number | undefined): { 'retry-after'?: string } {
  return pollAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(pollAfterMs / 1_000)) }
}
