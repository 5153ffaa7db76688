/** What the studio says about a field. Its limits and its default come from the schema. */
export interface FieldWords {
  label: string
  hint?: string
  placeholder?: string
  /** What to say when it is empty. Default: "Fill this in." */
  missing?: string
  /** Names of the values, where there is a choice. */
  choices?: Readonly<Record<string, string | { name: string; hint: string }>>
  /** Two halves share a line. Default: a line of its own. */
  width?: 'half'
}

/** How a field is asked for. */
export type FieldKind =
  | 'text'
  | 'long-text'
  | 'number'
  | 'date'
  | 'color'
  | 'currency'
  | 'language'
  | 'region'
  | 'regions'
  | 'choice'
  | 'choices'
  | 'texts'

/** One question of a form. */
export interface Field {
  name: string
  kind: FieldKind
  words: FieldWords
  isRequired: boolean
  /** Of a number. */
  min?: number
  max?: number
  isWhole?: boolean
  /** Of a choice. */
  values: readonly string[]
  /** What the schema fills in by itself. */
  fallback?: unknown
}
