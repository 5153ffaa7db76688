import { TaskError, type TaskErrorCode } from '@brandkit/core'
import { byteLength } from '../platform.js'

export interface StorableJsonOptions {
  /** Names the value in the message: "The result". */
  what: string
  maxBytes: number
  /** The code for a value that no database can keep. */
  code: TaskErrorCode
  /** The code for a value that is too large. Default: `code`. */
  tooLargeCode?: TaskErrorCode
}

/**
 * The value as any store can keep it: a plain JSON copy, within the size.
 *
 * @throws TaskError with the given code
 */
export function toStorableJson(value: unknown, options: StorableJsonOptions): unknown {
  const text = toJsonText(value, options)
  assertStorable(text, options)
  return JSON.parse(text)
}

/**
 * Refuses JSON text that is too large, and what databases refuse although JavaScript allows it: a NUL in text, half a
 * surrogate pair. Finding out here gives one clear error on every store.
 *
 * @param text as `JSON.stringify` has written it
 * @throws TaskError with the given code
 */
export function assertStorable(text: string, { what, maxBytes, code, tooLargeCode = code }: StorableJsonOptions): void {
  const bytes = byteLength(text)
  if (bytes > maxBytes) {
    throw new TaskError(
      tooLargeCode,
      `${what} has ${bytes} bytes as JSON; at most ${maxBytes} are kept. Store large data elsewhere and return its id.`,
    )
  }
  // `JSON.stringify` writes a lone surrogate as an escape (ECMA-262, well-formed JSON.stringify), so both can be seen in the text.
  if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/.test(text)) {
    throw new TaskError(
      code,
      `${what} contains a NUL character or half a surrogate pair, which databases refuse. Remove it from the text.`,
    )
  }
}

/**
 * `JSON.stringify`, which refuses cycles and BigInt.
 *
 * @throws TaskError with the given code
 */
export function toJsonText(value: unknown, { what, code }: Pick<StorableJsonOptions, 'what' | 'code'>): string {
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch (cause) {
    throw new TaskError(
      code,
      `${what} cannot be written as JSON: it contains a cycle, a BigInt or a failing toJSON. Return plain data.`,
      { cause },
    )
  }
  if (text === undefined)
    throw new TaskError(code, `${what} is ${typeof value}, which JSON cannot express. Return an object, or null.`)
  return text
}
