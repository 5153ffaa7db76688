import { brandTasks, type TaskPayload } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import * as fc from 'fast-check'
import * as z from 'zod'

type JsonSchema = z.core.JSONSchema.BaseSchema

/**
 * Any payload that the catalog accepts for the type, made from its schema. Defaults are applied, and the language is
 * English.
 */
export function drawPayload<T extends BrandTaskType>(type: T): fc.Arbitrary<TaskPayload<T>> {
  const { payload }: { payload: z.ZodType } = brandTasks[type]
  return draw(z.toJSONSchema(payload, { io: 'input' })).map((value) => {
    const drawn = value as object
    // Parsed instead of filtered: a payload that the schema refuses is a mistake in this file.
    return payload.parse('language' in drawn ? { ...drawn, language: 'en' } : drawn) as TaskPayload<T>
  })
}

function draw(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.type === 'object') return drawObject(schema)
  if (schema.type === 'array') return drawList(schema)
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000 })
  if (schema.type === 'number') return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000 })
  if (schema.format === 'date') {
    const range = { min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }
    return fc.date(range).map((date) => date.toISOString().slice(0, 10))
  }
  if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern))
  return drawText(schema.maxLength ?? 100)
}

function drawObject({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([key, field]) => [key, draw(field as JsonSchema)] as const)
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] })
}

function drawList({ items, minItems = 0, maxItems = 5 }: JsonSchema): fc.Arbitrary<unknown> {
  return fc.uniqueArray(draw(items as JsonSchema), { minLength: minItems, maxLength: maxItems })
}

const WORDS =
  'coffee Lamps for people who camp, and need light! A 40-hour battery; works offline. Young families in Berlin aged 25-40 ' +
  'Straße naïve 日本語 🌿 $& "quoted" <b>bold</b> it’s & co.'

/** fast-check's own `unit: 'binary'` first builds a table of a million characters. */
const character = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code))

/** Sentences and noise, short or as long as the field allows. */
function drawText(max: number): fc.Arbitrary<string> {
  // oxlint-disable-next-line no-control-regex -- what the schemas refuse
  const unstorable = /[\p{Surrogate}\u0000-\u001f\u007f]/gu
  const words = fc
    .array(fc.constantFrom(...WORDS.split(' ')), { minLength: 1, maxLength: 300, size: 'medium' })
    .map((list) => list.join(' '))
  return fc
    .oneof(words, fc.string({ unit: character, minLength: 1, maxLength: max }), fc.string({ minLength: 1 }))
    .map((text) => text.slice(0, max).replaceAll(unstorable, ' ').trim() || 'x')
}
