import { locale } from '../language/language.ts'
import { parseNumber } from './parse-number.ts'
import type { Field } from './read-fields.ts'

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
      return [[name, kind === 'number' ? (parseNumber(text, locale()) ?? text) : text]]
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
