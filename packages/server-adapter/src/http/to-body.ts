import { isJsonObject, parseJsonObject, TaskError, writeJsonObject } from '@brandkit/core'
import { byteLength } from '../platform.js'
import { assertSize } from './read-body.js'

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
