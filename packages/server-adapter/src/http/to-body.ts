import { TaskError } from '@brandkit/core'
import { assertSize, parseJsonObject } from './read-body.js'

/**
 * What an action gets to see of an object that was handed over in process: the same as over HTTP.
 *
 * @throws TaskError `payload_too_large`, `invalid_request` when it cannot be written as JSON
 */
export function toBody(input: object, { maxBytes }: { maxBytes: number }): Record<string, unknown> {
  let text: string
  try {
    text = JSON.stringify(input)
  } catch (cause) {
    throw new TaskError('invalid_request', 'The input cannot be written as JSON: it holds a cycle or a BigInt.', {
      cause,
    })
  }
  assertSize(Buffer.byteLength(text), maxBytes)
  return parseJsonObject(text)
}
