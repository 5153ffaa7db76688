import { isJsonObject, parseJsonObject, TaskError, toPrintable, writeJsonObject } from '@brandkit/core'
import { byteLength } from '../platform.js'
import { assertSize } from './collect-text.js'
import type { HttpRequest, RequestHeaders } from './http-exchange.js'

type ReadableRequest = Pick<HttpRequest, 'headers' | 'readText'>

/**
 * Reads the raw body. Refuses it as soon as it exceeds `maxBytes`, even if `Content-Length` is smaller or absent.
 *
 * @throws TaskError `payload_too_large`, `unsupported_media_type` when it is not plain UTF-8, `invalid_request`
 */
export async function readBody(request: ReadableRequest, maxBytes: number): Promise<string> {
  assertPlainText(request.headers)
  assertSize(Number(request.headers.get('content-length') ?? 0), maxBytes)
  return request.readText(maxBytes)
}

/** Refuses compressed bodies and other charsets, which would be misread as other text. */
function assertPlainText(headers: RequestHeaders): void {
  const coding = headers
    .get('content-encoding')
    ?.split(',')
    .find((name) => !/^\s*(identity)?\s*$/i.test(name))
  if (coding !== undefined)
    throw new TaskError(
      'unsupported_media_type',
      `The body is encoded as "${toPrintable(coding.trim())}". Send it as it is, without \`Content-Encoding\`.`,
    )
  const type = headers.get('content-type')
  // Most types have no parameters.
  if (!type?.includes(';')) return
  for (const [, charset = ''] of type.matchAll(CHARSETS)) {
    if (/^utf-?8$/i.test(charset)) continue
    throw new TaskError(
      'unsupported_media_type',
      `The body is written in "${toPrintable(charset)}". Send it in UTF-8, the only charset of JSON (RFC 8259, section 8.1).`,
    )
  }
}

/** The `charset` parameters of a content type, with or without quotes (RFC 9110, section 8.3.1). */
const CHARSETS = /;\s*charset\s*=\s*"?([^\s;"]*)/gi

/** @throws TaskError `unsupported_media_type` unless the content type is JSON */
export function assertJson({ headers }: Pick<HttpRequest, 'headers'>): void {
  const type = headers.get('content-type') ?? ''
  if (/^application\/json\s*(;|$)/i.test(type)) return
  throw new TaskError(
    'unsupported_media_type',
    'Send the body as JSON, with the header `Content-Type: application/json`.',
  )
}

/**
 * Converts an object that was passed in process to the JSON that an action would get over HTTP.
 *
 * @throws TaskError `payload_too_large`, `invalid_request` when it cannot be written as JSON
 */
export function toBody(input: unknown, { maxBytes }: { maxBytes: number }): Record<string, unknown> {
  if (!isJsonObject(input)) throw new TaskError('invalid_request', 'The input must be an object.')
  // A `toJSON` method may return `undefined`.
  const text = (writeJsonObject(input) as string | undefined) ?? 'null'
  assertSize(byteLength(text), maxBytes)
  return parseJsonObject(text)
}
