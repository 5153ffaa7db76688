import { type FieldIssue, isTaskError } from '@brandkit/core'
import type * as z from 'zod'
import { t } from '../language/language.ts'
import { type Draft, toPayload } from './draft.ts'
import type { Field } from './read-fields.ts'
import { toIsoDay } from '../sections/section.ts'

/** One sentence for each field that needs a change. */
export type Mistakes = Readonly<Record<string, string>>

/**
 * The mistakes that the catalog's schema finds in a draft, in words for people; the server checks again. The form alone refuses
 * days that are over: a schema has no clock, and the same payload may be sent again later.
 */
export function findMistakes(
  schema: z.ZodType,
  fields: readonly Field[],
  draft: Draft,
  { today = new Date() }: { today?: Date } = {},
): Mistakes {
  const { error } = schema.safeParse(toPayload(fields, draft))
  const mistakes: Record<string, string> = {}
  for (const { path, message } of error?.issues ?? []) {
    const field = fields.find(({ name }) => name === path[0])
    if (field) mistakes[field.name] ??= explain(field, { value: draft[field.name] ?? '', entry: path[1], message })
  }
  for (const { name, kind } of fields)
    if (kind === 'date' && isOver(draft[name], today))
      mistakes[name] ??= t('This day is over. Pick today or a later day.')
  return mistakes
}

/** Whether a calendar day (ISO 8601) is before today in the reader's own calendar. */
export function isOver(day: Draft[string] | undefined, today: Date): boolean {
  return typeof day === 'string' && /^\d{4}-/.test(day) && day < toIsoDay(today)
}

/** The server's issues by field; `null` when an issue belongs to no field of the form. */
export function toMistakes(fields: readonly Field[], issues: readonly FieldIssue[]): Mistakes | null {
  const mistakes: Record<string, string> = {}
  for (const { path, message } of issues) {
    const field = fields.find(({ name }) => path.includes(name))
    if (!field) return null
    mistakes[field.name] ??= message
  }
  return issues.length > 0 ? mistakes : null
}

interface Found {
  value: string | readonly string[]
  /** The position in a list. */
  entry: PropertyKey | undefined
  message: string
}

function explain(field: Field, { value, entry, message }: Found): string {
  const isEmpty = typeof value === 'string' ? value.trim() === '' : value.length === 0
  if (isEmpty && field.words.missing) return t(field.words.missing)
  if (field.kind === 'number') return explainNumber(field)
  if (isEmpty) return t('Fill this in.')
  if (field.kind === 'date') return t('Pick a day that the calendar has.')
  if (field.maxLength !== undefined && value.length > field.maxLength)
    return t('Use at most {most} characters.', { most: field.maxLength })
  return typeof entry === 'number' ? t('Line {line}: {message}', { line: entry + 1, message: t(message) }) : t(message)
}

function explainNumber({ isWhole, min, max }: Field): string {
  if (min === undefined || max === undefined) return t(isWhole ? 'Enter a whole number.' : 'Enter a number.')
  return t(isWhole ? 'Enter a whole number from {min} to {max}.' : 'Enter a number from {min} to {max}.', { min, max })
}

/** The server's refusal of a request: issues at fields, and a sentence for the whole form. */
export interface Refusal {
  issues: readonly FieldIssue[]
  sentence: string
  /** The task that is under way for the same work, if that is the reason and the user may see it. */
  runningTaskId?: string | undefined
}

/** Turns an error into words that a form can show. */
export function toRefusal(error: unknown): Refusal {
  if (!isTaskError(error)) return { issues: [], sentence: t('Something went wrong. Try again in a moment.') }
  const { code, message, traceId, taskId, issues = [] } = error
  if (code === 'already_under_way' && taskId !== undefined) {
    return {
      issues,
      sentence: t('This is being made already. You can have another one when it is done.'),
      runningTaskId: taskId,
    }
  }
  return { issues, sentence: traceId ? `${message} (trace ${traceId})` : message }
}
