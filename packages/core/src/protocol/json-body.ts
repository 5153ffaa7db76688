import { isJsonObject } from '../json.js'
import { TaskError } from '../task-error.js'
import { findPath } from './find-path.js'
import { assertNothingRounded, isSuspectNumber, tooLargeNumber } from './rounded-integer.js'

/**
 * The largest number of keys in a body, over all objects. A full batch needs far fewer, and this many are checked in no
 * time.
 */
const MOST_KEYS = 20_000

/** The deepest nesting of objects and arrays in a body. Deeper bodies aim to exhaust the stack. */
const DEEPEST = 64

/**
 * @throws TaskError `invalid_request` for a text that is no JSON object, nests too deep, has too many keys, tries to reach
 *   a prototype, or holds a number that JSON would change
 */
export function parseJsonObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new TaskError('invalid_request', 'The body is not valid JSON.', { cause })
  }
  if (!isJsonObject(value)) throw new TaskError('invalid_request', 'The body must be a JSON object.')
  // The text is scanned again only when a number looks suspicious.
  if (assertHarmless(value).hasSuspectNumbers) assertNothingRounded(text)
  return value
}

/** Walks level by level, so that depth uses no stack. */
function assertHarmless(value: object): { hasSuspectNumbers: boolean } {
  let level: object[] = [value]
  let keys = 0
  let hasSuspectNumbers = false
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST)
      throw new TaskError('invalid_request', `The body is nested more than ${DEEPEST} levels deep. Flatten it.`)
    const next: object[] = []
    for (const node of level) {
      if (!Array.isArray(node)) keys += Object.keys(node).length
      if (keys > MOST_KEYS)
        throw new TaskError('invalid_request', `The body has more than ${MOST_KEYS} keys. Store large data elsewhere.`)
      if (Object.hasOwn(node, '__proto__'))
        throw new TaskError('invalid_request', 'The body has a key named "__proto__". Rename it.')
      for (const child of Object.values(node)) {
        if (typeof child === 'object' && child !== null) next.push(child)
        else if (isSuspectNumber(child)) hasSuspectNumbers = true
      }
    }
    level = next
  }
  return { hasSuspectNumbers }
}

/** @throws TaskError `invalid_request` when the input holds a cycle or a BigInt; the message names the BigInt */
export function writeJsonObject(input: object): string {
  try {
    return JSON.stringify(input)
  } catch (cause) {
    const path = findPath(input, (value) => typeof value === 'bigint')
    if (path) throw tooLargeNumber(path, 'JSON knows no BigInt')
    throw new TaskError('invalid_request', 'The input cannot be written as JSON: it holds a cycle.', { cause })
  }
}
