/** A random trace id: 32 lower-case hex digits (W3C Trace Context, section 3.2.2.3). */
export function createTraceId(): string {
  // `randomUUID` is several times as fast as asking for the bytes of one id. Its 6 fixed bits leave the right 7 bytes
  // random (Trace Context Level 2), and neither half can be all zeros.
  const { crypto } = globalThis as { crypto?: Partial<Crypto> }
  if (crypto?.randomUUID) return crypto.randomUUID().replaceAll('-', '')

  // Pages over plain http have no `randomUUID`.
  const bytes = new Uint8Array(16)
  // A WebView or a test may lack `crypto`. `Math.random` is enough: ids must differ, and guessing one does no harm.
  if (crypto?.getRandomValues) crypto.getRandomValues(bytes)
  else for (const index of bytes.keys()) bytes[index] = Math.random() * 256
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A `traceparent` header (W3C Trace Context, version 00) that carries the trace id, with a fresh parent id, sampled. */
export function toTraceparent(traceId: string): string {
  return `00-${traceId}-${createTraceId().slice(16)}-01`
}

/**
 * The trace id of a `traceparent` header, or `null` for a missing or malformed one. Later versions may append fields;
 * version `ff` and ids of zeros are invalid (sections 3.2.2 and 4.1).
 */
export function fromTraceparent(header: string | null | undefined): string | null {
  const [, version, traceId, rest] = TRACEPARENT.exec(header ?? '') ?? []
  if (version === '00' && rest) return null
  return traceId ?? null
}

const TRACEPARENT = /^((?!ff)[0-9a-f]{2})-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/
