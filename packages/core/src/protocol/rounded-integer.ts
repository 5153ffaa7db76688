import { toPrintable } from '../logger.js'
import { type FieldIssue, TaskError } from '../task-error.js'
import { findPath } from './find-path.js'

/**
 * Whether parsing may have changed a number: an integer that a double cannot hold, or one so large that it became
 * `Infinity`. A cheap first test; the source text decides.
 */
export function isSuspectNumber(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER
}

/**
 * Refuses numbers that `JSON.parse` changes silently: it rounds `9007199254740993` and makes `Infinity` from `1e400`. A
 * number in exponent notation that the double prints digit for digit (`1e300`) passes.
 *
 * @param text valid JSON
 * @throws TaskError `invalid_request` naming a number beyond ±(2⁵³ − 1) that is written out or would be changed
 */
export function assertNothingRounded(text: string): void {
  const mark = crypto.randomUUID()
  // A reviver with `context.source` would also see the source of each number, but costs thirty times as much.
  const marked = text.replaceAll(TOKENS, (token) => (isChanged(token) ? `"${mark}"` : token))
  const path = findPath(JSON.parse(marked) as object, (value) => value === mark)
  if (path) throw tooLargeNumber(path, 'it is too large, beyond ±(2^53 - 1), so it would be rounded')
}

/** Matches numbers (RFC 8259), and strings so that digits inside them are skipped. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g

function isChanged(token: string): boolean {
  if (token.startsWith('"')) return false
  const value = Number(token)
  if (!isSuspectNumber(value)) return false
  if (!/e/i.test(token) || !Number.isFinite(value)) return true
  const written = toDecimal(token)
  const kept = toDecimal(String(value))
  return written.digits !== kept.digits || written.exponent !== kept.exponent
}

/** The exact value of a literal other than zero as `0.digits × 10^exponent`, without its sign. */
function toDecimal(literal: string): { digits: string; exponent: number } {
  const [, whole = '', fraction = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:e(.+))?$/i.exec(literal) ?? []
  const all = whole + fraction
  const start = all.search(/[1-9]/)
  let end = all.length
  // A pattern for the zeros at the end would take quadratic time on a hostile text.
  while (all[end - 1] === '0') end -= 1
  return { digits: all.slice(start, end), exponent: Number(exponent) + whole.length - start }
}

export function tooLargeNumber(path: FieldIssue['path'], why: string): TaskError {
  const message = 'Send this number as text.'
  const place = toPrintable(path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')).slice(1)
  return new TaskError('invalid_request', `The number at ${place} cannot be taken: ${why}. Send it as text.`, {
    issues: [{ path, message }],
  })
}
