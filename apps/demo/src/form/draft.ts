import { t } from '../language/language.ts'
import type { Field } from './read-fields.ts'
import { type FieldIssue, isTaskError } from '@brandkit/core'
import type * as z from 'zod'
import { toIsoDay } from '../sections/section.ts'

/** The contents of a form that is being filled in: numbers are still text, and lists of texts are lines. */
export type Draft = Readonly<Record<string, string | readonly string[]>>

const LISTS: ReadonlySet<Field['kind']> = new Set(['choices', 'regions'])

/** Makes a draft of these values, or else of the schema's defaults; other fields are empty. */
export function createDraft(fields: readonly Field[], values: Readonly<Record<string, unknown>>): Draft {
  return Object.fromEntries(
    fields.map((field) => {
      const value = values[field.name] ?? field.fallback
      if (LISTS.has(field.kind)) return [field.name, Array.isArray(value) ? (value as string[]) : []]
      if (Array.isArray(value)) return [field.name, value.join('\n')]
      return [field.name, typeof value === 'string' || typeof value === 'number' ? String(value) : '']
    }),
  )
}

/** The draft in the types of the payload. Empty fields are left out, so that the schema's defaults apply. */
export function toPayload(fields: readonly Field[], draft: Draft): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ name, kind, isRequired }): [string, unknown][] => {
      const value = draft[name] ?? ''
      if (typeof value !== 'string') return value.length === 0 && !isRequired ? [] : [[name, value]]
      const text = value.trim()
      if (kind === 'texts') {
        const lines = text.split('\n').flatMap((line) => line.trim() || [])
        return lines.length === 0 && !isRequired ? [] : [[name, lines]]
      }
      if (text === '') return []
      // Text that is no number stays text, so that the schema refuses it.
      return [[name, kind === 'number' ? (parseNumber(text) ?? text) : text]]
    }),
  )
}

const PREFIX = 'studio-draft:'

/** The store of one form's draft. Drafts survive Escape, a reload and the end of the page, until the task is created. */
export interface DraftPlace {
  read(): Draft | null
  keep(draft: Draft): void
  forget(): void
}

/** @param source the task whose payload the form was filled with, if any */
export function draftPlace({
  userId,
  type,
  source = 'new',
}: {
  userId: string
  type: string
  source?: string | undefined
}): DraftPlace {
  const key = `${PREFIX}${userId}:${type}:${source}`
  return {
    read: () => tryStorage((storage) => JSON.parse(storage.getItem(key) ?? 'null') as Draft | null) ?? null,
    keep: (draft) => tryStorage((storage) => storage.setItem(key, JSON.stringify(draft))),
    forget: () => tryStorage((storage) => storage.removeItem(key)),
  }
}

/** Removes the drafts of everybody in this browser. Signing out does so. */
export function forgetDrafts(): void {
  tryStorage((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key)
  })
}

/** A browser may refuse storage, and what stands there may be from elsewhere; a form then begins as on the first visit. */
function tryStorage<Result>(act: (storage: Storage) => Result): Result | undefined {
  try {
    return act(localStorage)
  } catch {
    return undefined
  }
}

/** Signs of money and percent that people write beside a number, and the marks that set its direction. */
const AROUND = /^[\s\p{Sc}\p{Cf}%]+|[\s\p{Sc}\p{Cf}%]+$/gu

/**
 * Reads a number as people write it: "25.000,50", "25,000.50", "25 000", "25'000", "٢٥٬٠٠٠". One mark before three digits
 * sets thousands apart, as in "25.000": forms ask for nothing that has three decimals. Returns `null` for what is no number;
 * half of a text is never read.
 */
export function parseNumber(written: string): number | null {
  const text = toWesternDigits(written.normalize('NFKC'))
    .replaceAll(AROUND, '')
    .replace(/^(?:[A-Z]{3}\s*)|(?:\s*[A-Z]{3})$/, '')
    .replace(/^[−–]/, '-')
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/.exec(text) ?? []
  const decimal = decimalOf(body)
  const at = decimal === '' ? -1 : body.lastIndexOf(decimal)
  const whole = at < 0 ? body : body.slice(0, at)
  const fraction = at < 0 ? '' : body.slice(at + 1)
  const digits = withoutGroups(whole)
  if (digits === null || !/^\d*$/.test(fraction) || digits + fraction === '') return null
  return Number(`${sign}${digits || '0'}.${fraction || '0'}`)
}

/** The mark between whole and fraction, or nothing when the text has no fraction. */
function decimalOf(body: string): string {
  const marks: string[] = body.match(/[.,]/g) ?? []
  const last = marks.at(-1)
  if (last === undefined) return ''
  // "25.000,50": the last of two kinds. A mark that comes twice makes groups.
  if (new Set(marks).size > 1) return marks.filter((mark) => mark === last).length > 1 ? '' : last
  if (marks.length > 1) return ''
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(body) ? '' : last
}

/** The digits of a whole number whose groups of three are set apart by one kind of mark; `null` for other marks or groups. */
function withoutGroups(whole: string): string | null {
  if (/^\d*$/.test(whole)) return whole
  const groups = /^\d{1,3}(?:([.,\s'’])\d{3})(?:\1\d{3})*$/.test(whole)
  // Indian groups: "1,00,000".
  const lakhs = /^\d{1,2}(?:,\d{2})*,\d{3}$/.test(whole)
  return groups || lakhs ? whole.replaceAll(/\D/g, '') : null
}

/** Arabic and Persian digits and marks as their Western ones. */
function toWesternDigits(text: string): string {
  return text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x6_60))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6_f0))
    .replaceAll('٬', "'")
    .replaceAll('٫', '.')
}

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
  for (const { path, message, code } of error?.issues ?? []) {
    const field = fields.find(({ name }) => name === path[0])
    if (field)
      mistakes[field.name] ??= explain(field, { value: draft[field.name] ?? '', entry: path[1], message, code })
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
  code: z.core.$ZodIssue['code']
}

function explain(field: Field, { value, entry, message, code }: Found): string {
  const isEmpty = typeof value === 'string' ? value.trim() === '' : value.length === 0
  if (isEmpty && field.words.missing) return t(field.words.missing)
  if (field.kind === 'number') return code === 'not_multiple_of' ? t(message) : explainNumber(field)
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
