import * as z from 'zod'
import type { JsonSchema } from '../document-headers.js'
import { toPortablePattern } from './portable-pattern.js'

const COMPONENTS = '#/components/schemas/'

const SETTINGS = {
  target: 'draft-2020-12',
  // Rules that JSON Schema cannot express are left out; the zod schema still checks them.
  unrepresentable: 'any',
  override: ({ zodSchema, jsonSchema }) => tidy(zodSchema, jsonSchema),
} satisfies z.core.ToJSONSchemaParams

export function refTo(name: string): JsonSchema {
  return { $ref: COMPONENTS + name }
}

/**
 * Converts named zod schemas to components that refer to each other, and to shared parts, by name.
 *
 * `input` describes what callers send: fields with a default are optional. `output` describes answers: objects are open
 * unless they are strict, so that a later release may add fields.
 */
export function toJsonSchemas(
  schemas: Readonly<Record<string, z.ZodType>>,
  io: 'input' | 'output',
): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>()
  const aliases: Record<string, JsonSchema> = {}
  for (const [id, schema] of Object.entries(schemas)) {
    // A schema of several task types gets one name; the other names refer to it.
    const known = registry.get(schema)
    if (known) aliases[id] = refTo(known.id)
    if (!known) registry.add(schema, { id })
  }
  const generated = z.toJSONSchema(registry, {
    ...SETTINGS,
    io,
    uri: (id) => COMPONENTS + id,
  }).schemas as Record<string, JsonSchema>

  // zod puts the shared parts of recursive schemas into a place of their own; here they become normal components.
  const { __shared: shared, ...named } = generated
  const components = Object.entries(named).map(([id, { $schema: _draft, $id: _uri, ...schema }]) => [id, schema])
  const parts = Object.entries((shared?.['$defs'] ?? {}) as Record<string, object>).map(([id, part]) => [
    `${io}_${id}`,
    part,
  ])
  const text = JSON.stringify({ ...Object.fromEntries([...components, ...parts]), ...aliases })
  return JSON.parse(text.replaceAll(`"${COMPONENTS}__shared#/$defs/`, `"${COMPONENTS}${io}_`)) as Record<
    string,
    JsonSchema
  >
}

/** Converts one zod schema to a schema that needs no components. `io` is that of `toJsonSchemas`. */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _draft, ...json } = z.toJSONSchema(schema, { ...SETTINGS, io })
  return json
}

/* oxlint-disable no-underscore-dangle -- `_zod` is zod's public door for libraries */

function tidy(schema: z.core.$ZodTypes, json: Record<string, unknown>): void {
  const { def } = schema._zod
  if (def.type === 'object' && !def.catchall) delete json['additionalProperties']
  // zod limits `int` to the safe integers, which tells readers nothing.
  if (json['maximum'] === Number.MAX_SAFE_INTEGER) delete json['maximum']
  if (json['minimum'] === Number.MIN_SAFE_INTEGER) delete json['minimum']
  // The format is enough; zod's pattern for it has 300 characters.
  if (json['format'] === 'date-time' || json['format'] === 'date') delete json['pattern']
  tidyPatterns(schema, json)
}

/** Corrects patterns: zod writes the source of a regular expression without its flags. */
function tidyPatterns(schema: z.core.$ZodTypes, json: Record<string, unknown>): void {
  const { def } = schema._zod
  if (def.type !== 'string') return
  const checks = [schema, ...(def.checks ?? [])].map((check) => check._zod.def as { pattern?: unknown })
  const patterns = checks.flatMap((check) => (check.pattern instanceof RegExp ? [check.pattern] : []))
  const portable = new Map(patterns.map((expression) => [expression.source, toPortablePattern(expression)]))
  const { pattern, allOf, ...rest } = json
  const parts = (allOf ?? [{ pattern }]) as { pattern?: string }[]
  const kept = parts.flatMap((part) => {
    if (part.pattern === undefined) return []
    // A pattern that is inherited from another schema is already portable.
    const known = portable.has(part.pattern) ? portable.get(part.pattern) : part.pattern
    return known === undefined || known === null ? [] : [{ pattern: known }]
  })
  for (const key of Object.keys(json)) delete json[key]
  Object.assign(json, rest, kept.length > 1 ? { allOf: kept } : kept[0])
}
