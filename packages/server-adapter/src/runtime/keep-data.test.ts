import { TaskError } from '@brandkit/core'
import { assert, jsonValue, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { keepData, type KeepRule } from './keep-data.js'

const unfit = () => new Error('unfit')
const unstable = (reason: string) => new Error(reason)

function ruleOf(schema: z.ZodType): KeepRule {
  return { schema, limit: { what: 'It', maxBytes: 1_000, code: 'result_invalid' }, unfit, unstable }
}

describe('keepData', () => {
  it('keeps whatever is JSON, as it is', () => {
    assert(
      property(jsonValue({ maxDepth: 2, stringUnit: 'grapheme-ascii' }), (value) => {
        const rule = ruleOf(z.unknown())
        const { json } = keepData(value, { ...rule, limit: { ...rule.limit, maxBytes: 1_000_000 } })
        expect(json).toBe(JSON.stringify(value))
      }),
    )
  })

  it('gives what the schema has made, and keeps it as JSON', () => {
    const date = z.string().transform((text) => new Date(text))
    const text = '2026-05-01T00:00:00.000Z'
    expect(keepData(text, ruleOf(date))).toEqual({ data: new Date(text), json: JSON.stringify(text) })
  })

  it.each([
    ['refuses what it has made', z.string().transform(Number), '7', 'it refuses what it has made'],
    ['changes it again', z.number().transform((n) => n + 1), 7, 'it makes something else'],
    [
      'has changed the object that it was given',
      z.custom<{ n: number }>().transform((object) => Object.assign(object, { n: object.n + 1 })),
      { n: 1 },
      'it makes something else',
    ],
  ])('refuses a schema that %s', (_what, schema, value, reason) => {
    expect(() => keepData(value, ruleOf(schema))).toThrow(reason)
  })

  it.each([
    ['once, where the schema gives back what it was given', { name: 'May', pages: 1 }, 1],
    ['twice, where the schema changes it', { name: ' May ', pages: 1 }, 2],
    ['twice, where the schema adds a default', { name: 'May' }, 2],
    ['twice, where the schema puts the keys in another order', { pages: 1, name: 'May' }, 2],
  ])('has the schema read a value %s', (_how, value, times) => {
    let reads = 0
    const schema = z.object({ name: z.string().trim(), pages: z.int().default(2) }).refine(() => (reads += 1))
    expect(JSON.parse(keepData(value, ruleOf(schema)).json)).toMatchObject({ name: 'May' })
    expect(reads).toBe(times)
  })

  it('takes any change where the data is never read again', () => {
    const { json } = keepData('7', { ...ruleOf(z.string().transform(Number)), unstable: undefined })
    expect(json).toBe('7')
  })

  it('says who is at fault: the giver, or the schema', () => {
    const rule = ruleOf(
      z.union([
        z.literal('large').transform(() => 'x'.repeat(2_000)),
        z.literal('none').transform(() => 1n),
        z.string(),
      ]),
    )
    const blaming = {
      ...rule,
      made: { what: 'What the schema makes', unkeepable: (cause: unknown) => new TypeError('schema', { cause }) },
    }
    expect(() => keepData('x'.repeat(2_000), blaming)).toThrow(TaskError)
    for (const value of ['large', 'none']) {
      expect(() => keepData(value, blaming)).toThrow(
        expect.objectContaining({
          message: 'schema',
          cause: expect.objectContaining({
            message: expect.stringMatching(/^What the schema makes/) as string,
          }) as TaskError,
        }),
      )
      expect(() => keepData(value, rule)).toThrow(expect.objectContaining({ code: 'result_invalid' }))
    }
  })
})
