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
      return [[name, kind === 'number' ? toNumber(text) : text]]
    }),
  )
}

/** Text that is no number stays text, so that the schema refuses it; `parseFloat` would accept half of it. */
function toNumber(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
