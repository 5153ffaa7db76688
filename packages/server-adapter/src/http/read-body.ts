import { isJsonObject, TaskError } from '@brandkit/core'

/** Most keys in a body, all objects together: far more than a full batch needs, and few enough to be walked in no time. */
const MOST_KEYS = 20_000

/** Deepest nesting of objects and arrays in a body. Deeper ones are made to exhaust the stack. */
const DEEPEST = 64

/**
 * The raw body, refused as soon as it has more than `maxBytes`, whatever `Content-Length` says.
 *
 * @throws TaskError `payload_too_large`, `invalid_request`
 */
export async function readBody(request: Request, maxBytes: number): Promise<string> {
  assertSize(Number(request.headers.get('content-length') ?? 0), maxBytes)
  if (!request.body) return ''

  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of request.body) {
      bytes += chunk.byteLength
      assertSize(bytes, maxBytes)
      text += decoder.decode(chunk, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    if (error instanceof TaskError) throw error
    throw new TaskError(
      'invalid_request',
      'The body could not be read: it was cut off, is not UTF-8, or something in front of this endpoint has read it before.',
      { cause: error },
    )
  }
}

/** @throws TaskError `unsupported_media_type` unless the request says that it is JSON. */
export function assertJson(request: Request): void {
  const type = request.headers.get('content-type') ?? ''
  if (/^application\/json\s*(;|$)/i.test(type)) return
  throw new TaskError(
    'unsupported_media_type',
    'Send the body as JSON, with the header `Content-Type: application/json`.',
  )
}

/**
 * @throws TaskError `invalid_request` when the text is no JSON object, is nested too deep, has too many keys, or tries to
 * reach a prototype.
 */
export function parseJsonObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new TaskError('invalid_request', 'The body is not valid JSON.', { cause })
  }
  if (!isJsonObject(value)) throw new TaskError('invalid_request', 'The body must be a JSON object.')
  assertHarmless(value)
  return value
}

/** Walks level by level, so that depth costs no stack. */
function assertHarmless(value: object): void {
  let level: object[] = [value]
  let keys = 0
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST)
      throw new TaskError('invalid_request', `The body is nested more than ${DEEPEST} levels deep. Flatten it.`)
    const next: object[] = []
    for (const node of level) {
      if (!Array.isArray(node)) keys += Object.keys(node).length
      if (keys > MOST_KEYS)
        throw new TaskError('invalid_request', `The body has more than ${MOST_KEYS} keys. Store large data elsewhere.`)
      if (Object.hasOwn(node, '__proto__'))
        throw new TaskError('invalid_request', 'The body has a key named "__proto__". Rename it.')
      for (const child of Object.values(node)) {
        if (typeof child === 'object' && child !== null) next.push(child)
      }
    }
    level = next
  }
}

/** @throws TaskError `payload_too_large` */
export function assertSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes || Number.isNaN(bytes)) return
  throw new TaskError(
    'payload_too_large',
    `The body has more than ${maxBytes} bytes. Store large data elsewhere and send its id.`,
  )
}
