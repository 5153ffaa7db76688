import { isJsonObject } from '../json.js'
import { TaskError } from '../task-error.js'
import { findPath } from './find-path.js'
import { assertNothingRounded, isSuspectNumber, tooLargeNumber } from './rounded-integer.js'

/** Most keys in a body, all objects together: far more than a full batch needs, and few enough to be walked in no time. */
const MOST_KEYS = 20_000

/** Deepest nesting of objects and arrays in a body. Deeper ones are made to exhaust the stack. */
const DEEPEST = 64

/**
 * @throws TaskError `invalid_request` when the text is no JSON object, is nested too deep, has too many keys, tries to
 * reach a prototype, or holds a number that would become another one.
 */
export function parseJsonObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new TaskError('invalid_request', 'The body is not valid JSON.', { cause })
  }
  if (!isJsonObject(value)) throw new TaskError('invalid_request', 'The body must be a JSON object.')
  // Only then is the text worth a second look.
  if (assertHarmless(value).hasSuspectNumbers) assertNothingRounded(text)
  return value
}

/** Walks level by level, so that depth costs no stack. */
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

/** @throws TaskError `invalid_request` when the input holds a BigInt, which is named, or a cycle. */
export function writeJsonObject(input: object): string {
  try {
    return JSON.stringify(input)
  } catch (cause) {
    const path = findPath(input, (value) => typeof value === 'bigint')
    if (path) throw tooLargeNumber(path, 'JSON knows no BigInt')
    throw new TaskError('invalid_request', 'The input cannot be written as JSON: it holds a cycle.', { cause })
  }
}
