import { isJsonObject } from '@brandkit/core'

type Schema = Readonly<Record<string, unknown>>

/**
 * A value that has the shape of a JSON schema, for pages and tests without a real result. An example may break rules over
 * several fields, because a JSON schema lacks them.
 *
 * @param index chooses among texts that fit a pattern, so that the items of a list differ
 */
export function toExample(schema: unknown, name = 'Example', index = 0): unknown {
  if (!isJsonObject(schema)) return {}
  if ('const' in schema) return schema['const']
  if ('default' in schema) return schema['default']
  const first = firstOf(schema['enum']) ?? firstOf(schema['examples'])
  if (first !== undefined) return first
  const choice = firstOf(schema['anyOf']) ?? firstOf(schema['oneOf'])
  if (choice !== undefined) return toExample(choice, name, index)
  const { allOf, ...own } = schema
  if (Array.isArray(allOf)) return toExample(merge([own, ...(allOf as Schema[])]), name, index)
  return toTyped(schema, name, index)
}

/** One schema that asks for everything that its parts ask for. */
function merge(parts: readonly Schema[]): Schema {
  return {
    ...Object.assign({}, ...parts),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)) as unknown,
    required: parts.flatMap(({ required }) => (Array.isArray(required) ? (required as unknown[]) : [])),
  }
}

function toTyped(schema: Schema, name: string, index: number): unknown {
  switch (firstOf(schema['type']) ?? schema['type']) {
    case 'object':
      return toObject(schema)
    case 'array':
      return toArray(schema, name)
    case 'integer':
    case 'number':
      return toNumber(schema)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return toText(schema, name, index)
  }
}

function toObject({ properties, required }: Schema): Record<string, unknown> {
  const needed: readonly unknown[] = Array.isArray(required) ? required : []
  return Object.fromEntries(
    Object.entries(isJsonObject(properties) ? properties : {})
      .filter(([key]) => needed.includes(key))
      .map(([key, value]) => [key, toExample(value, key)]),
  )
}

function toArray({ prefixItems, items, minItems }: Schema, name: string): unknown[] {
  if (Array.isArray(prefixItems)) return prefixItems.map((item, index) => toExample(item, name, index))
  return Array.from({ length: Math.max(1, Number(minItems) || 0) }, (_, index) =>
    toExample(items, `${name} ${index + 1}`, index),
  )
}

function toNumber({ minimum, exclusiveMinimum, maximum }: Schema): number {
  if (typeof exclusiveMinimum === 'number') return exclusiveMinimum + 1
  const least = typeof minimum === 'number' ? Math.max(minimum, Number.MIN_SAFE_INTEGER) : 0
  return typeof maximum === 'number' && least < 0 ? Math.min(maximum, 0) : Math.max(least, 0)
}

const TEXTS: Readonly<Record<string, string>> = {
  date: '2027-03-01',
  'date-time': '2027-03-01T09:00:00.000Z',
  uri: 'https://example.com/',
  uuid: '01900000-0000-7000-8000-000000000001',
  email: 'ada@example.com',
}

/** Texts for common patterns: countries, currencies, languages, colours, times of day, keys. */
const PATTERNED = [
  'DE',
  'FR',
  'EUR',
  'USD',
  'en',
  'de',
  '#336699',
  '#993366',
  '09:00',
  '10:00',
  'example',
  'another-example',
]

function toText({ format, pattern, minLength, maxLength }: Schema, name: string, index: number): string {
  const fitting = typeof pattern === 'string' ? PATTERNED.filter((text) => new RegExp(pattern, 'u').test(text)) : []
  const text = TEXTS[String(format)] ?? fitting[index % fitting.length] ?? name
  const least = typeof minLength === 'number' ? minLength : 0
  return text.padEnd(least, '.').slice(0, typeof maxLength === 'number' ? maxLength : undefined)
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? (value as unknown[])[0] : undefined
}
