import { toPrintable } from '../logger.js'
import { type FieldIssue, TaskError } from '../task-error.js'
import { findPath } from './find-path.js'

/** Whether a number may have been an integer that a double cannot hold. Cheap; the source text has to say more. */
export function isUnsafeInteger(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
}

/**
 * `JSON.parse` rounds `9007199254740993` without a word. A number in exponent notation (`1e300`) is an approximation by
 * itself, so it passes.
 *
 * @param text valid JSON
 * @throws TaskError `invalid_request` naming a number that is written out and beyond 2⁵³
 */
export function assertNothingRounded(text: string): void {
  const mark = crypto.randomUUID()
  // A reviver is told the source of each number, too (`context.source`), at thirty times the price.
  const marked = text.replaceAll(TOKENS, (token) => (isRounded(token) ? `"${mark}"` : token))
  const path = findPath(JSON.parse(marked) as object, (value) => value === mark)
  if (path) throw tooLargeInteger(path, 'it is beyond ±(2^53 - 1), so it would be rounded')
}

/** Strings, so that what looks like a number in them is passed over, and numbers (RFC 8259). */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g

function isRounded(token: string): boolean {
  // Fifteen digits always fit.
  return token.length > 15 && !/["eE]/.test(token) && isUnsafeInteger(Number(token))
}

export function tooLargeInteger(path: FieldIssue['path'], why: string): TaskError {
  const message = 'Send this number as text.'
  const place = toPrintable(path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')).slice(1)
  return new TaskError('invalid_request', `The number at ${place} cannot be taken: ${why}. Send it as text.`, {
    issues: [{ path, message }],
  })
}
