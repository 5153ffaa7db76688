import { TaskError } from '@brandkit/core'

/**
 * Reads a small JSON body.
 *
 * @throws TaskError `unsupported_media_type`, `invalid_request`, or `payload_too_large` as soon as the limit is passed
 */
export async function readJson(request: Request, { maxBytes }: { maxBytes: number }): Promise<unknown> {
  // Another site's form cannot send this type without a CORS preflight, so this check also blocks forged sign-ins.
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new TaskError('unsupported_media_type', 'Send JSON with the header "Content-Type: application/json".')
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new TaskError('payload_too_large', `Send at most ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new TaskError('invalid_request', 'The body is not JSON.')
  }
}
