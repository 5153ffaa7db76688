import { isJsonObject, parseJsonObject, TaskError, toPrintable, writeJsonObject } from '@brandkit/core'
import { byteLength } from '../platform.js'

/**
 * The raw body, refused as soon as it has more than `maxBytes`, whatever `Content-Length` says.
 *
 * @throws TaskError `payload_too_large`, `unsupported_media_type` when it is not plain UTF-8, `invalid_request`
 */
export async function readBody(request: Request, maxBytes: number): Promise<string> {
  assertPlainText(request.headers)
  assertSize(Number(request.headers.get('content-length') ?? 0), maxBytes)
  // A browser may know no `Request.body`, and gives the whole text at once.
  if (request.body === undefined) return request.text()
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

/** What is compressed, or written in another charset, would be read as something that nobody has sent. */
function assertPlainText(headers: Headers): void {
  const codings = headers.get('content-encoding') ?? ''
  const coding = codings.split(',').find((name) => !/^\s*(identity)?\s*$/i.test(name))
  if (coding !== undefined)
    throw new TaskError(
      'unsupported_media_type',
      `The body is encoded as "${toPrintable(coding.trim())}". Send it as it is, without \`Content-Encoding\`.`,
    )
  for (const [, charset = ''] of (headers.get('content-type') ?? '').matchAll(CHARSETS)) {
    if (/^utf-?8$/i.test(charset)) continue
    throw new TaskError(
      'unsupported_media_type',
      `The body is written in "${toPrintable(charset)}". Send it in UTF-8, the only charset of JSON (RFC 8259, section 8.1).`,
    )
  }
}

/** Parameters of a content type, quoted or not (RFC 9110, section 8.3.1). */
const CHARSETS = /;\s*charset\s*=\s*"?([^\s;"]*)/gi

/** @throws TaskError `unsupported_media_type` unless the request says that it is JSON. */
export function assertJson(request: Request): void {
  const type = request.headers.get('content-type') ?? ''
  if (/^application\/json\s*(;|$)/i.test(type)) return
  throw new TaskError(
    'unsupported_media_type',
    'Send the body as JSON, with the header `Content-Type: application/json`.',
  )
}

/** @throws TaskError `payload_too_large` */
export function assertSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes || Number.isNaN(bytes)) return
  throw new TaskError(
    'payload_too_large',
    `The body has more than ${maxBytes} bytes. Store large data elsewhere and send its id.`,
  )
}

/**
 * What an action gets to see of an object that was handed over in process: the same as over HTTP.
 *
 * @throws TaskError `payload_too_large`, `invalid_request` when it cannot be written as JSON
 */
export function toBody(input: unknown, { maxBytes }: { maxBytes: number }): Record<string, unknown> {
  if (!isJsonObject(input)) throw new TaskError('invalid_request', 'The input must be an object.')
  // A `toJSON` may give nothing at all.
  const text = (writeJsonObject(input) as string | undefined) ?? 'null'
  assertSize(byteLength(text), maxBytes)
  return parseJsonObject(text)
}
