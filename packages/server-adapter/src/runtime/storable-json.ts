import { TaskError, type TaskErrorCode } from '@brandkit/core'

interface StorableJsonOptions {
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
 * Databases refuse what JavaScript allows (a NUL in text, half a surrogate pair), and `JSON.stringify` refuses cycles
 * and BigInt. Finding out here gives one clear error on every store.
 *
 * @throws TaskError with the given code
 */
export function toStorableJson(
  value: unknown,
  { what, maxBytes, code, tooLargeCode = code }: StorableJsonOptions,
): unknown {
  const text = stringify(value, { what, code })
  const bytes = Buffer.byteLength(text)
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
  return JSON.parse(text)
}

function stringify(value: unknown, { what, code }: Pick<StorableJsonOptions, 'what' | 'code'>): string {
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
