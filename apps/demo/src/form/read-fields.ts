import * as z from 'zod'
import type { FieldWords } from '../sections/section.ts'

/** The kind of a field's control. */
type FieldKind =
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
  /** Limits of a number. */
  min?: number
  max?: number
  isWhole?: boolean
  /** The most characters of a text. */
  maxLength?: number
  /** Values of a choice. */
  values: readonly string[]
  /** The schema's default. */
  fallback?: unknown
}

/** The part of JSON Schema that the catalog's payloads use. */
interface JsonSchema {
  type?: string
  format?: string
  pattern?: string
  enum?: string[]
  items?: JsonSchema
  maxLength?: number
  minimum?: number
  maximum?: number
  default?: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
}

/** The patterns of texts that have a control of their own. */
const PATTERN_KINDS: Readonly<Record<string, FieldKind>> = {
  '^#[0-9a-f]{6}$': 'color',
  '^[A-Z]{3}$': 'currency',
  '^[A-Z]{2}$': 'region',
  '^[a-z]{2,3}(-[A-Z]{2})?$': 'language',
}
/** Texts that may be longer than this get several lines. */
const LINE_CHARACTERS = 160

/**
 * Makes the fields of a form from a payload's schema: one for each entry of `words`, in that order.
 *
 * @throws RangeError when the words name a field that the schema lacks, or a field's type has no control
 */
export function readFields(schema: z.ZodType, words: Readonly<Record<string, FieldWords>>): Field[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema
  return Object.entries(words).map(([name, fieldWords]) => {
    const property = properties[name]
    if (!property) throw new RangeError(`The schema has no field "${name}".`)
    return toField(name, property, { words: fieldWords, isRequired: required.includes(name) })
  })
}

function toField(name: string, property: JsonSchema, said: Pick<Field, 'words' | 'isRequired'>): Field {
  const { minimum, maximum, maxLength, type, default: fallback } = property
  return {
    ...said,
    name,
    kind: kindOf(name, property),
    values: property.enum ?? property.items?.enum ?? [],
    ...(minimum !== undefined && { min: minimum }),
    ...(maximum !== undefined && { max: maximum }),
    ...(type === 'integer' && { isWhole: true }),
    ...(maxLength !== undefined && { maxLength }),
    ...(fallback !== undefined && { fallback }),
  }
}

function kindOf(name: string, { type, enum: values, items, format, pattern, maxLength = 0 }: JsonSchema): FieldKind {
  if (values) return 'choice'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'array' && items) {
    if (items.enum) return 'choices'
    return items.pattern && PATTERN_KINDS[items.pattern] === 'region' ? 'regions' : 'texts'
  }
  if (type !== 'string') throw new RangeError(`No form can ask for the field "${name}" of type "${type}".`)
  if (format === 'date') return 'date'
  return (pattern && PATTERN_KINDS[pattern]) || (maxLength > LINE_CHARACTERS ? 'long-text' : 'text')
}
