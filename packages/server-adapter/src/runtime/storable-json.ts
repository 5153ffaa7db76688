import { TaskError, type TaskErrorCode } from '@brandkit/core'
import { byteLength } from '../platform.js'

export interface StorableJsonOptions {
  /** The name of the value in messages, for example "The result". */
  what: string
  maxBytes: number
  /** The code for a value that no database can keep. */
  code: TaskErrorCode
  /** The code for a value that is too large. Default: `code`. */
  tooLargeCode?: TaskErrorCode
}

/**
 * Copies the value as plain JSON that any store can keep, within the size limit.
 *
 * @throws TaskError with the given code
 */
export function toStorableJson(value: unknown, options: StorableJsonOptions): unknown {
  const text = toJsonText(value, options)
  assertStorable(text, options)
  return JSON.parse(text)
}

/**
 * Refuses JSON text that is too large, and text that only databases refuse: with a NUL or half a surrogate pair. This check
 * gives the same clear error for every store.
 *
 * @param text the output of `JSON.stringify`
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
  // `JSON.stringify` escapes NUL and lone surrogates (ECMA-262, well-formed JSON.stringify), so the text shows both.
  if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/.test(text)) {
    throw new TaskError(
      code,
      `${what} contains a NUL character or half a surrogate pair, which databases refuse. Remove it from the text.`,
    )
  }
}

/**
 * `JSON.stringify` with a `TaskError` for values that JSON cannot express, such as cycles and BigInt.
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
