import { LIMITS } from '@brandkit/core'

/** A schema of JSON Schema draft 2020-12, which OpenAPI 3.1 uses. */
export type JsonSchema = Readonly<Record<string, unknown>>

interface DocumentedHeader {
  description: string
  /** Whether every answer that lists the header also sends it. */
  required?: true
  schema: JsonSchema
}

const text: JsonSchema = { type: 'string', minLength: 1 }

/** Every header of an answer except `Content-Type`, which OpenAPI describes elsewhere. */
export const RESPONSE_HEADERS = {
  'Cache-Control': {
    description: 'Task data belongs to one person: `private, no-store`. The OpenAPI document may be kept: `no-cache`.',
    required: true,
    schema: { type: 'string', enum: ['private, no-store', 'no-cache', 'private, no-store, no-transform'] },
  },
  'X-Content-Type-Options': {
    description: 'Answers are what their content type says.',
    required: true,
    schema: { type: 'string', const: 'nosniff' },
  },
  'X-Accel-Buffering': {
    description: 'Proxies pass events on at once.',
    required: true,
    schema: { type: 'string', const: 'no' },
  },
  Location: {
    description: 'Where to read what was created, relative to this URL.',
    required: true,
    schema: { type: 'string', pattern: String.raw`^\?action=status&(taskId|batchId)=[^\s&]+$` },
  },
  'Retry-After': {
    description: 'Seconds to wait before asking again.',
    schema: { type: 'string', pattern: String.raw`^\d+$` },
  },
  ETag: {
    description: 'Names this very state, for `If-None-Match`.',
    schema: { type: 'string', pattern: String.raw`^(W/)?"[!#-~]*"$` },
  },
  RateLimit: {
    description: 'What is left of the allowance, and the seconds until it is full again.',
    schema: { type: 'string', pattern: String.raw`^"create";r=\d+;t=\d+$` },
  },
  'RateLimit-Policy': {
    description: 'The allowance, and its window in seconds.',
    schema: { type: 'string', pattern: String.raw`^"create";q=\d+;w=\d+$` },
  },
  Allow: {
    description: 'The methods that this action takes.',
    required: true,
    schema: { type: 'string', enum: ['GET', 'GET, HEAD', 'POST'] },
  },
  'Access-Control-Allow-Origin': {
    description: 'The page’s origin, where it is one of `allowedOrigins`; else absent.',
    schema: { type: 'string', pattern: '^https?://' },
  },
  'Access-Control-Allow-Credentials': {
    description: 'Cookies may go along.',
    schema: { type: 'string', const: 'true' },
  },
  'Access-Control-Expose-Headers': { description: 'What pages of that origin may read.', schema: text },
  'Access-Control-Allow-Methods': { description: 'Of a preflight.', schema: text },
  'Access-Control-Allow-Headers': { description: 'Of a preflight: what the page asked for.', schema: text },
  'Access-Control-Max-Age': { description: 'Of a preflight, in seconds.', schema: text },
  Vary: {
    description: '`Origin`, where some origins are allowed; `Accept-Encoding`, where answers are compressed.',
    schema: text,
  },
} as const satisfies Record<string, DocumentedHeader>

export type HeaderName = keyof typeof RESPONSE_HEADERS

export const EVERY_ANSWER: readonly HeaderName[] = ['Cache-Control', 'X-Content-Type-Options']
export const ANY_ANSWER: readonly HeaderName[] = [
  'Vary',
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Expose-Headers',
]
export const REQUEST_HEADERS = {
  traceparent: {
    description: 'W3C Trace Context: its trace id joins browser, queue and worker.',
    schema: { type: 'string' },
  },
  'Idempotency-Key': {
    description: 'Visible ASCII, for example a UUID. Kept as long as the task.',
    schema: { type: 'string', minLength: 1, maxLength: LIMITS.idCharacters, pattern: '^[!-~]+$' },
  },
  'If-None-Match': { description: 'The `ETag` of what the caller has.', schema: { type: 'string' } },
  'Last-Event-ID': { description: 'What the stream said last; after its end, 204.', schema: { type: 'string' } },
} as const satisfies Record<string, DocumentedHeader>

export type RequestHeaderName = keyof typeof REQUEST_HEADERS
