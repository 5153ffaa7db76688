import type { TaskPayload, TaskResult } from '@brandkit/core'
import { PRODUCT_IDEA_KINDS } from '@brandkit/core/brand-tasks'
import { describe, expect, it } from 'vitest'
import { describeGenerator } from '../testing/describe-generator.ts'
import { makeResult } from '../testing/run-brand-generator.ts'
import { createIdeasFromProductGenerator } from './generate-ideas-from-product.ts'

type Payload = TaskPayload<'GENERATE_IDEAS_FROM_PRODUCT'>

const payload: Payload = {
  productName: 'Aurora One',
  description: 'A lamp for camping that never blinds anybody.',
  features: ['Dims by itself when faces are near', 'Battery for 40 hours', 'Free repair for life', 'Weighs 180 grams'],
  audience: 'Families who camp at weekends and are annoyed by harsh lamps next door',
  kinds: [...PRODUCT_IDEA_KINDS],
  count: 8,
  language: 'en',
}
const generate = createIdeasFromProductGenerator({ paceMs: 0 })
const run = async (changes: Partial<Payload> = {}) =>
  await makeResult('GENERATE_IDEAS_FROM_PRODUCT', generate, { ...payload, ...changes })

function growsFromFeatures({ ideas, benefits }: TaskResult<'GENERATE_IDEAS_FROM_PRODUCT'>, drawn: Payload): void {
  expect(benefits.map(({ feature }) => feature)).toEqual(drawn.features)
  expect(ideas.length).toBeLessThanOrEqual(drawn.count)
  expect(new Set(ideas.map(({ ideaKey }) => ideaKey)).size).toBe(ideas.length)
  for (const { feature, kind, score, shareability, relevance, novelty } of ideas) {
    expect(drawn.features).toContain(feature)
    expect(drawn.kinds).toContain(kind)
    expect(score).toBe(Math.round(100 * (0.4 * shareability + 0.35 * relevance + 0.25 * novelty)))
  }
  const scores = ideas.map(({ score }) => score)
  expect(scores).toEqual(scores.toSorted((one, other) => other - one))
}

describeGenerator('GENERATE_IDEAS_FROM_PRODUCT', {
  create: createIdeasFromProductGenerator,
  payload,
  check: growsFromFeatures,
})

describe('A set of ideas from a product', () => {
  it('looks at a feature through the lens of its words, and shows its number', async () => {
    const { benefits } = await run()
    expect(benefits[1]).toEqual({
      feature: 'Battery for 40 hours',
      benefit: 'Staying power: say how long it goes on without care.',
      proof: 'One that has been used for a year beside a new one. Number to show: “40 hours”.',
    })
  })

  it('finds the moments that the audience lives through', async () => {
    const { occasions } = await run()
    expect(occasions.map(({ occasion }) => occasion)).toEqual(
      expect.arrayContaining([
        'In the brief: “camp at weekends”',
        'In the brief: “are annoyed by harsh lamps next door”',
      ]),
    )
  })

  it('uses all kinds and all features before it repeats itself', async () => {
    const { ideas } = await run()
    expect(ideas).toHaveLength(8)
    expect(new Set(ideas.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(5)
    expect(new Set(ideas.map(({ feature }) => feature)).size).toBe(4)
  })

  it('has thirty that differ where features and kinds are many', async () => {
    const { ideas } = await run({ count: 30 })
    expect(new Set(ideas.map(({ title, hook, outline }) => title + hook + outline)).size).toBe(30)
  })

  it('keeps to the kinds that are asked for', async () => {
    const { ideas } = await run({ kinds: ['event'], count: 4 })
    expect(ideas.map(({ kind }) => kind)).toEqual(['event', 'event', 'event', 'event'])
  })
})
