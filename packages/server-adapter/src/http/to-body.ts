import { parseJsonObject, writeJsonObject } from '@brandkit/core'
import { assertSize } from './read-body.js'

/**
 * What an action gets to see of an object that was handed over in process: the same as over HTTP.
 *
 * @throws TaskError `payload_too_large`, `invalid_request` when it cannot be written as JSON
 */
export function toBody(input: object, { maxBytes }: { maxBytes: number }): Record<string, unknown> {
  const text = writeJsonObject(input)
  assertSize(Buffer.byteLength(text), maxBytes)
  return parseJsonObject(text)
}
