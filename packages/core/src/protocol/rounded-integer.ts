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
 * @throws TaskError `invalid_request` naming the first number that is written out and beyond 2⁵³
 */
export function assertNothingRounded(text: string): void {
  const marked: unknown = JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    isUnsafeInteger(value) && !/e/i.test(context?.source ?? String(value)) ? ROUNDED : value,
  )
  const path = findPath(marked as object, (value) => value === ROUNDED)
  if (path) throw tooLargeInteger(path, 'it is beyond ±(2^53 - 1), so it would be rounded')
}

const ROUNDED = Symbol('rounded')

export function tooLargeInteger(path: FieldIssue['path'], why: string): TaskError {
  const message = 'Send this number as text.'
  const place = toPrintable(path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')).slice(1)
  return new TaskError('invalid_request', `The number at ${place} cannot be taken: ${why}. Send it as text.`, {
    issues: [{ path, message }],
  })
}
