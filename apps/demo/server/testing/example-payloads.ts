import { brandTasks, type TaskPayload, type TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import * as fc from 'fast-check'
import * as z from 'zod'
import { type GeneratorRun, runGenerator, type RunGeneratorOptions } from '@brandkit/server-adapter/testing'
import type { FeedItem } from '../feeds/parse-feed.ts'
import { createGenerators } from '../generators/create-generators.ts'
import type { BrandGenerator, BrandTask, GeneratorOptions } from '../generators/generator.ts'

/** One brand, ten briefs. */
export const EXAMPLE_PAYLOADS: { readonly [T in BrandTaskType]: TaskPayload<T> } = {
  GENERATE_MEDIA_PLAN: {
    campaignName: 'Fresh by bike',
    objective: 'awareness',
    budget: 25_001,
    currency: 'EUR',
    startDate: '2027-03-01',
    weeks: 4,
    channels: ['search', 'social', 'out-of-home'],
    audience: 'Remote workers and students in Berlin aged 25-40',
  },
  GENERATE_BRAND_KIT: {
    brandName: 'Kiez Roasters',
    industry: 'Specialty coffee',
    description: 'Kiez Roasters roasts single-origin beans every Tuesday and delivers them by cargo bike in Berlin.',
    values: ['Freshness', 'Fair prices for growers'],
    traits: ['warm', 'playful'],
    logoStyle: 'symbol',
    language: 'en',
  },
  AUTO_GENERATE_PERSONAS: {
    audienceName: 'Home office coffee drinkers',
    audience:
      'Remote workers and students in Berlin aged 25-40 who drink three cups a day and are annoyed by stale beans',
    offer:
      'A weekly subscription of whole-bean coffee, roasted on Tuesday and delivered by cargo bike. Cancel any time.',
    region: 'DE',
    count: 3,
    language: 'en',
  },
  GENERATE_CONTENT_PACKAGE: {
    topic: 'Fresh coffee at home',
    audience: 'Remote workers in Berlin who drink three cups a day and are annoyed by stale beans',
    channels: ['instagram', 'linkedin'],
    postsPerChannel: 2,
    startDate: '2027-03-01',
    weeks: 2,
    tone: 'conversational',
    language: 'en',
  },
  GENERATE_FUNNEL_CAMPAIGN: {
    campaignName: 'Fresh by bike',
    offer:
      'A weekly subscription of whole-bean coffee, roasted on Tuesday and delivered by cargo bike. Cancel any time.',
    audience: 'Remote workers in Berlin who drink three cups a day and are annoyed by stale beans',
    goal: 'sign-ups',
    stages: ['awareness', 'consideration', 'conversion', 'loyalty'],
    budget: 20_003,
    currency: 'EUR',
    conversionValue: 60,
    startDate: '2027-03-01',
    weeks: 8,
    language: 'en',
  },
  GENERATE_VIRAL_IDEAS: {
    topic: 'Fresh coffee at home',
    audience: 'Remote workers in Berlin who drink three cups a day',
    channels: ['instagram', 'tiktok'],
    count: 5,
    language: 'en',
  },
  GENERATE_FACEBOOK_TRENDS: {
    topic: 'Coffee',
    window: 'quarter',
    limit: 5,
    language: 'en',
    surfaces: ['pages', 'groups', 'reels'],
  },
  GENERATE_TRENDS: {
    topic: 'Coffee',
    window: 'month',
    limit: 5,
    language: 'en',
    media: ['news', 'social', 'video', 'shops'],
  },
  GENERATE_GLOBAL_TRENDS: { topic: 'Coffee', window: 'month', limit: 3, language: 'en', regions: ['DE', 'US', 'GB'] },
  GENERATE_IDEAS_FROM_PRODUCT: {
    productName: 'Tuesday Box',
    description: 'Coffee that was roasted on Tuesday, at the door on Wednesday.',
    features: ['Roasted every Tuesday', 'Delivered by cargo bike', 'Cancel any time'],
    audience: 'Remote workers in Berlin who drink three cups a day',
    kinds: ['campaign', 'content', 'event'],
    count: 5,
    language: 'en',
  },
}

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

export type BrandRunOptions<T extends BrandTaskType> = Omit<RunGeneratorOptions<BrandTask<T>>, 'definition'>

/** The demo's generator of a type. It does not wait unless it is told to. */
export function generatorOf<T extends BrandTaskType>(type: T, options: GeneratorOptions = {}): BrandGenerator<T> {
  return createGenerators({ paceMs: 0, ...options })[type] as unknown as BrandGenerator<T>
}

/** Runs a generator of the demo to the end of its task; without a payload on the example of its type. */
export function runBrandGenerator<T extends BrandTaskType>(
  type: T,
  { generate = generatorOf(type), ...options }: Partial<BrandRunOptions<T>> & { generate?: BrandGenerator<T> } = {},
): Promise<GeneratorRun<BrandTask<T>>> {
  const run = { definition: brandTasks[type], payload: EXAMPLE_PAYLOADS[type], ...options }
  return runGenerator<BrandTask<T>>(generate, run as unknown as RunGeneratorOptions<BrandTask<T>>)
}

/**
 * The result of the type's example, with changes of its payload.
 *
 * @throws TaskError as the user of the task sees it
 */
export async function makeResult<T extends BrandTaskType>(
  type: T,
  changes: Partial<TaskPayload<T>> = {},
  options: GeneratorOptions = {},
): Promise<TaskResult<T>> {
  const payload = { ...EXAMPLE_PAYLOADS[type], ...changes }
  const run = { payload, generate: generatorOf(type, options) } as unknown as Parameters<typeof runBrandGenerator<T>>[1]
  const { result, error } = await runBrandGenerator(type, run)
  if (error) throw error
  return result as TaskResult<T>
}

/** Options with feeds of exactly these items. */
export function withFeeds(items: readonly FeedItem[] | undefined): GeneratorOptions {
  return items ? { feeds: { isSample: false, read: async () => [...items] } } : {}
}
