import { TaskError } from '@brandkit/core'

/**
 * The JSON text of a value; `undefined` becomes `null`. The text is what stores keep: it survives NUL, lone surrogates
 * and key order, which a parsed form in the database would not.
 *
 * @throws TaskError `result_unserializable` for a circular value, a bigint, a function or a symbol.
 */
export function encodeJson(value: unknown): string {
  try {
    const text: string | undefined = JSON.stringify(value ?? null)
    if (text !== undefined) return text
  } catch (error) {
    throw unserializable(error)
  }
  throw unserializable()
}

export function unserializable(cause?: unknown): TaskError {
  return new TaskError(
    'result_unserializable',
    'The value cannot be stored as JSON. Return plain objects, arrays, strings and numbers.',
    {
      cause,
    },
  )
}
