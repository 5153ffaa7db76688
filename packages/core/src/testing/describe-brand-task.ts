import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { brandTasks } from '../brand-tasks/brand-tasks.js'
import * as LIMITS from '../limits.js'
import type { TaskDefinition } from '../task-catalog.js'
import type { BrandTaskType } from '../brand-tasks/vocabulary.js'

interface BrandTaskExample<T extends BrandTaskType> {
  payload: z.input<(typeof brandTasks)[T]['payload']>
  result: z.input<(typeof brandTasks)[T]['result']>
  /** The title that the example's payload gives. */
  title: string
  /** The field of the result that identifies it. */
  id: string
  /** Changes that each make the payload wrong, with the path of the one wrong field. */
  refused: readonly (readonly [path: string, change: Record<string, unknown>])[]
}

/** The tests that hold for each of the ten types: the example passes, and bad input is refused. */
export function describeBrandTask<T extends BrandTaskType>(type: T, example: BrandTaskExample<T>): void {
  const { payload, result, steps, title }: TaskDefinition = brandTasks[type]
  const given = Object.entries(example.payload)
  const blamed = (value: unknown) => payload.safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? []

  describe(`The task ${type}`, () => {
    it('accepts the example, and its own output again', () => {
      const parsed = payload.parse(example.payload)
      expect(parsed).toMatchObject(example.payload)
      expect(payload.parse(parsed)).toEqual(parsed)
    })

    it('is called by what it is about, within the limit even for the longest input', () => {
      expect(title({ payload: payload.parse(example.payload) })).toBe(example.title)
      expect(title({ payload: payload.parse(widened(payload, given)) }).length).toBeLessThanOrEqual(
        LIMITS.titleCharacters,
      )
    })

    it.each(example.refused)('blames %s for %o', (path, change) => {
      expect(blamed({ ...example.payload, ...change })).toEqual([path])
    })

    it.each(given)('blames %s when it is null or endless', (field) => {
      expect(blamed({ ...example.payload, [field]: null })).toEqual([field])
      expect(blamed({ ...example.payload, [field]: 'x'.repeat(100_000) })).toContain(field)
      expect(blamed({ ...example.payload, [field]: Array.from({ length: 10_000 }, (_, n) => `x${n}`) })).not.toEqual([])
    })

    it.each(given.filter(([, value]) => typeof value === 'string'))(
      'keeps out of %s what a database would refuse',
      (field, value) => {
        for (const bad of ['\0', '\u001b', '\ud800']) {
          expect(blamed({ ...example.payload, [field]: `${String(value)}${bad}.` })).toContain(field)
        }
      },
    )

    it('names every field that it does not know', () => {
      fc.assert(
        fc.property(
          fc.string({ minLength: 1 }).filter((key) => key !== '__proto__' && !(key in shapeOf(payload))),
          (key) => {
            const issues = payload.safeParse({ ...example.payload, [key]: 1 }).error?.issues
            expect(issues).toMatchObject([{ code: 'unrecognized_keys', keys: [key] }])
          },
        ),
      )
    })

    it('lets no prototype be set', () => {
      const hostile: unknown = JSON.parse(`{"__proto__":{"polluted":true},${JSON.stringify(example.payload).slice(1)}`)
      const parsed = payload.safeParse(hostile)
      expect((parsed.data as { polluted?: boolean } | undefined)?.polluted).toBeUndefined()
      expect(Object.prototype).not.toHaveProperty('polluted')
    })

    it('answers any JSON with a payload or with issues, and never throws', () => {
      fc.assert(
        fc.property(fc.jsonValue(), (value) => {
          const parsed = payload.safeParse(value)
          expect(parsed.success).toBe(false)
          expect(parsed.error?.issues).not.toEqual([])
        }),
      )
    })

    it('accepts the example of a result, before and after it was JSON', () => {
      expect(result.parse(example.result)).toEqual(example.result)
      expect(result.parse(JSON.parse(JSON.stringify(example.result)))).toEqual(example.result)
      expect(example.result).toHaveProperty(example.id, expect.any(String))
    })

    it.each(Object.keys(example.result))('refuses a result without %s', (field) => {
      const issues = result.safeParse({ ...example.result, [field]: undefined }).error?.issues
      expect(issues?.map(({ path }) => path)).toEqual([[field]])
    })

    it('shows three to six steps, each with a title and a share', () => {
      const definitions = Object.values(steps)
      expect(definitions.length).toBeGreaterThanOrEqual(3)
      expect(definitions.length).toBeLessThanOrEqual(6)
      for (const step of definitions) {
        expect(step.title).toMatch(/^[A-Z].*[^.]$/)
        expect(step.weight ?? 1).toBeGreaterThan(0)
      }
    })
  })
}

function shapeOf(schema: z.ZodType): Record<string, unknown> {
  return (schema as z.ZodObject).shape
}

/** The example, with every text as long as its field allows. */
function widened(schema: z.ZodType, given: [string, unknown][]): Record<string, unknown> {
  const longest = given.map(([field, value]) => {
    const { maxLength } = shapeOf(schema)[field] as { maxLength?: number | null }
    return [field, typeof value === 'string' && maxLength ? value.padEnd(maxLength, 'x') : value]
  })
  return Object.fromEntries(longest)
}
