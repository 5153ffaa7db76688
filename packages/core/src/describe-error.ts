import { cutText } from './cut-text.js'
import * as LIMITS from './limits.js'

/** The number of causes, and errors of an `AggregateError`, that are described with an error. */
const MOST_RELATED = 4

/**
 * Describes a thrown value in one line of at most 2 KB. Never throws. JavaScript can throw values that break their reader:
 * a revoked proxy, a `message` that throws, an object without `toString`.
 */
export function describeError(error: unknown): string {
  return cutText(summaryOf(error), LIMITS.textBytes)
}

/**
 * Describes a thrown value with stacks and causes, for a server's log, in at most 16 KB. A separate function, because
 * browsers do without it.
 */
export function describeErrorStack(error: unknown): string {
  const related = relatedTo(error).map((each) => stackOf(each))
  return cutText([stackOf(error), ...related].join('\ncaused by '), LIMITS.errorStackBytes)
}

/**
 * The `code` of an error by Node.js, a database or a library (`ENOENT`, `23505`). Never throws; undefined when the error
 * has no code.
 */
export function errorCodeOf(error: unknown): string | undefined {
  const code = read(error, 'code')
  return typeof code === 'string' ? code : undefined
}

/** `Error: no such brand`; an empty message is replaced by the error's code. */
function summaryOf(error: unknown): string {
  const message = read(error, 'message')
  if (typeof message !== 'string') return isErrorObject(error) ? 'An error whose message cannot be read' : print(error)
  const name = read(error, 'name')
  const text = message || errorCodeOf(error)
  const title = typeof name === 'string' && name ? name : 'Error'
  return text ? `${title}: ${text}` : title
}

function stackOf(error: unknown): string {
  const [summary, stack] = [summaryOf(error), read(error, 'stack')]
  if (typeof stack !== 'string' || !stack) return summary
  // Engines write the stack when the error is made, so a later message is missing from it.
  return stack.includes(summary) ? stack : `${summary}\n${stack}`
}

/** The causes of an error, nearest first. A chain of causes may be a circle. */
function relatedTo(error: unknown): unknown[] {
  const seen = new Set([error])
  for (const each of seen) {
    const errors = read(each, 'errors')
    for (const next of [read(each, 'cause'), ...listOf(errors)]) {
      if (next !== undefined && seen.size <= MOST_RELATED) seen.add(next)
    }
  }
  return [...seen].slice(1)
}

function listOf(value: unknown): unknown[] {
  try {
    return Array.isArray(value) ? value.slice(0, MOST_RELATED) : []
  } catch {
    return []
  }
}

function read(from: unknown, key: string): unknown {
  try {
    return (from as Record<string, unknown>)[key]
  } catch {
    return undefined
  }
}

function isErrorObject(value: unknown): boolean {
  try {
    return value instanceof Error
  } catch {
    return false
  }
}

function print(value: unknown): string {
  try {
    return String(value)
  } catch {
    return 'A thrown value that cannot be printed'
  }
}
