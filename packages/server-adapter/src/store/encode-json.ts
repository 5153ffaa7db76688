import { TaskError } from '@brandkit/core'

/** Deeper JSON is refused: parsing it overflows the stack of the embedded database and crashes the database. */
const MAX_JSON_DEPTH = 500

/**
 * The JSON text of a value; `undefined` becomes `null`. Stores keep this text because it preserves NUL, lone surrogates and
 * key order. A parsed form in the database would lose them.
 *
 * @throws TaskError, by default `result_unserializable`, for a circular value, a bigint, a function, a symbol, or more than
 *   500 levels.
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

/** Counts brackets outside strings in a loop: the text may be an attack that overflows the stack of recursive code. */
function isTooDeep(json: string): boolean {
  // Each level costs one opening bracket. Most texts have few, and searching for them is much faster than the loop.
  if (countUpTo(MAX_JSON_DEPTH + 1, '[', json) + countUpTo(MAX_JSON_DEPTH + 1, '{', json) <= MAX_JSON_DEPTH)
    return false
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

function countUpTo(most: number, bracket: string, json: string): number {
  let count = 0
  for (let at = json.indexOf(bracket); at >= 0 && count < most; at = json.indexOf(bracket, at + 1)) count += 1
  return count
}
