import { brandTasks } from '@brandkit/core/brand-tasks'
import { PROTOCOL } from '@brandkit/core/schemas'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { compilePlainSchema, compileSchema } from './compile-schema.js'
import { parseWith } from './field-issues.js'

const work = z.object({
  name: z.string().trim().min(1).max(20),
  goals: z.array(z.enum(['reach', 'trust'])).max(3),
  budget: z.int().min(0).default(100),
  contact: z.union([z.email(), z.literal('none'), z.null()]),
  channel: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('web'), url: z.url() }),
    z.looseObject({ kind: z.literal('tv'), seconds: z.number().positive() }),
  ]),
  area: z.tuple([z.number(), z.number()]).readonly(),
  words: z.record(z.string(), z.string().max(5)).optional(),
  note: z.string().nullable().exactOptional(),
})
const valid = {
  name: ' May ',
  goals: ['reach'],
  budget: 7,
  contact: 'ada@example.com',
  channel: { kind: 'web', url: 'https://example.com' },
  area: [1, 2],
  words: { cup: 'tasse' },
  note: null,
}
const withFunctions = z.object({
  id: z.string().refine((id) => id !== 'x'),
  size: z.string().transform(Number),
  mood: z.enum(['calm', 'loud']).catch('calm'),
})
const newTask = {
  type: 'T',
  brandId: 'b',
  payload: valid,
  priority: 'high',
  maxRetries: 2,
  runAt: '2026-11-30T08:00:00Z',
}

const cases = [
  { schema: work, example: valid },
  { schema: withFunctions, example: { id: 'y', size: '7', mood: 'loud' } },
  { schema: PROTOCOL.create.request, example: newTask },
  { schema: PROTOCOL.create.request, example: { tasks: [newTask, newTask] } },
  { schema: PROTOCOL.status.request, example: { taskIds: 'a,b', wait: '5' } },
  { schema: PROTOCOL.list.request, example: { status: 'queued,failed', limit: '7' } },
  { schema: PROTOCOL.cancel.request, example: { taskIds: ['a'] } },
]

/** Every place in a value, as the keys that lead to it. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, child]) => placesIn(child, [...path, key]))]
}

/** A copy in which one place holds something else; `undefined` removes it. */
function withOther(value: unknown, [key, ...path]: string[], other: unknown): unknown {
  if (key === undefined) return other
  const copy = structuredClone(value) as Record<string, unknown>
  const child = withOther(copy[key], path, other)
  if (child === undefined && !Array.isArray(copy)) delete copy[key]
  else copy[key] = child
  return copy
}

describe('a compiled schema', () => {
  it('gives what the schema gives, for values with any one place changed', () => {
    const others = [undefined, '', 'x', -1, 0.5, Number.NaN, true, [], [1, 'x'], {}, null, valid, 'x'.repeat(300)]
    for (const { schema, example } of cases) {
      for (const place of placesIn(example)) {
        const check = (other: unknown) => {
          const value = withOther(example, place, other)
          const wanted = schema.safeParse(value)
          for (const got of [compileSchema(schema).safeParse(value), parseWith(schema, value)]) {
            expect(got).toEqual(wanted)
            expect(JSON.stringify(got.data)).toBe(JSON.stringify(wanted.data))
          }
        }
        for (const other of others) check(other)
      }
    }
  })

  it('is used for the schemas of a catalog that hold no functions', () => {
    const { result, steps } = brandTasks.GENERATE_MEDIA_PLAN
    const schemas: z.ZodType[] = [work, result, ...Object.values(steps).map(({ output }) => output)]
    for (const schema of schemas) expect([null, schema]).not.toContain(compilePlainSchema(schema))
  })

  it.each([
    ['refine', z.string().refine((text) => Promise.reject(new Error(text)))],
    ['transform', z.string().transform((text) => Promise.reject(new Error(text)))],
    ['custom', z.custom((value) => Promise.reject(new Error(String(value))) as never)],
    ['check', z.string().check((context) => Promise.reject(new Error(context.value)) as never)],
    ['lazy', z.lazy(() => z.string().refine((text) => Promise.reject(new Error(text))))],
  ])('is not used where a %s may give a promise, whose rejection would end the process', (_what, schema) => {
    expect(() => parseWith(z.object({ part: schema }), { part: 'never handled' })).toThrow('asynchronous')
  })

  it('is the schema itself for a schema of another copy of zod', () => {
    const schema = z.object({ name: z.string() })
    // oxlint-disable-next-line no-underscore-dangle -- zod's door for libraries
    Object.assign(schema._zod, { version: { ...z.core.version, patch: -1 } })
    expect(compileSchema(schema)).toBe(schema)
  })
})
