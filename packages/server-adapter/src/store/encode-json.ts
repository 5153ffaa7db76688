import { TaskError } from '@brandkit/core'

/** Deeper JSON is refused: parsing it overflows the stack of the embedded database, which dies of it. */
export const MAX_JSON_DEPTH = 500

/**
 * The JSON text of a value; `undefined` becomes `null`. The text is what stores keep: it survives NUL, lone surrogates
 * and key order, which a parsed form in the database would not.
 *
 * @throws TaskError, by default `result_unserializable`, for a circular value, a bigint, a function, a symbol, or more
 *   than 500 levels.
 */
export function encodeJson(
  value: unknown,
  code: 'result_unserializable' | 'invalid_payload' = 'result_unserializable',
): string {
  let text: string | undefined
  try {
    text = JSON.stringify(value ?? null)
  } catch (error) {
    throw unserializable(error, code)
  }
  if (text === undefined || isTooDeep(text)) throw unserializable(undefined, code)
  return text
}

export function unserializable(
  cause: unknown,
  code: 'result_unserializable' | 'invalid_payload' = 'result_unserializable',
): TaskError {
  const message = `The value cannot be stored as JSON. Use plain objects, arrays, strings and numbers, nested at most ${MAX_JSON_DEPTH} levels.`
  return new TaskError(code, message, { cause })
}

/** Counts brackets outside strings, without recursion: the text may be meant to overflow a stack. */
function isTooDeep(json: string): boolean {
  // Each level costs two characters.
  if (json.length <= 2 * MAX_JSON_DEPTH) return false
  let depth = 0
  let quoted = false
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index]
    if (quoted) {
      if (character === '\\') index += 1
      if (character === '"') quoted = false
    } else if (character === '"') {
      quoted = true
    } else if (character === '[' || character === '{') {
      depth += 1
      if (depth > MAX_JSON_DEPTH) return true
    } else if (character === ']' || character === '}') {
      depth -= 1
    }
  }
  return false
}
