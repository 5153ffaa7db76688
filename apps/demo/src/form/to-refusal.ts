import { type FieldIssue, isTaskError } from '@brandkit/core'

/** What the server had against a request: issues at fields, and a sentence for the whole. */
export interface Refusal {
  issues: readonly FieldIssue[]
  sentence: string
}

/** An error in words that a form can show. */
export function toRefusal(error: unknown): Refusal {
  if (!isTaskError(error)) return { issues: [], sentence: 'Something went wrong. Try again in a moment.' }
  const { message, traceId, issues = [] } = error
  return { issues, sentence: traceId ? `${message} (trace ${traceId})` : message }
}
