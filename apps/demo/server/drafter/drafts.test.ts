import type { TaskPayload, TaskResult } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import type { BrandGenerator } from '../generators/brand-generator.ts'
import { createGenerators } from '../generators/create-generators.ts'
import { drawBrief, type DraftedType } from '../testing/draw-brief.ts'
import { makeResult } from '../testing/run-brand-generator.ts'
import { draftFacebookPost, draftLocalAngle, draftOpportunity } from './draft-trend-answers.ts'

const BRIEFS = 200
const seeds = Array.from({ length: BRIEFS }, (_, seed) => seed)
const generators = createGenerators({ paceMs: 0 })

async function draft<T extends DraftedType>(type: T, payload: TaskPayload<T>): Promise<TaskResult<T>> {
  return await makeResult(type, generators[type] as BrandGenerator<T>, payload)
}

const PEOPLE = {
  audienceName: 'City people',
  offer: 'A weekly box of cold brew: fresh from the roaster, cancel any time.',
  region: 'DE',
  count: 8,
  language: 'en',
} as const

/** The texts that a person reads: all but copies of a form field, and the rules for writers of a brand kit. */
const ECHOES = new Set([
  'feature',
  'campaignName',
  'topic',
  'brandName',
  'productName',
  'audienceName',
  'svg',
  'say',
  'avoid',
  'keywords',
])

function textsOf(value: unknown, key = ''): string[] {
  if (ECHOES.has(key) || /(?:Key|Id)$/.test(key)) return []
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap((entry) => textsOf(entry, key))
  return value && typeof value === 'object'
    ? Object.entries(value).flatMap(([name, entry]) => textsOf(entry, name))
    : []
}

const QUOTED = /“([^”]*)”/g

/** Quotes come only from the brief, letter for letter. */
function findMisquotes(texts: readonly string[], brief: string): string[] {
  return texts.filter((text) =>
    [...text.matchAll(QUOTED)].some(([, quoted = '']) => !brief.includes(quoted.replace(/…$/, ''))),
  )
}

/** A phrase of the brief stands in quotation marks, or alone as a label: before or after a colon, or on its own line. */
function findInflected(
  texts: readonly string[],
  { phrases, labels }: { phrases: string[]; labels: string[] },
): string[] {
  return texts.filter((text) => {
    let rest = text.replaceAll(QUOTED, '“”')
    for (const label of labels) rest = rest.replaceAll(`${label}:`, ':').replaceAll(`: ${label}`, ':')
    rest = rest
      .split('\n')
      .filter((line) => !labels.includes(line))
      .join('\n')
      .toLowerCase()
    return (
      phrases.some((phrase) => rest.includes(phrase.toLowerCase())) || /\{\w|undefined|nan\b| {2}|\s[.,;]/.test(rest)
    )
  })
}

/** Values that are equal, whatever their case. */
function findTwins(values: readonly unknown[]): string[] {
  const texts = values.map((value) => JSON.stringify(value).toLowerCase())
  return texts.filter((text, index) => texts.indexOf(text) !== index)
}

/** Checks for one result of each type, besides the rules for all: each returns the texts that break it. */
const CHECKS: { [T in DraftedType]: (result: TaskResult<T>, payload: TaskPayload<T>) => string[] } = {
  GENERATE_MEDIA_PLAN: ({ calendar }) =>
    calendar.flatMap(({ placements }) => findTwins(placements.map(({ message }) => message))),
  GENERATE_BRAND_KIT: ({ voice, essence }) => [
    ...findTwins(voice.samples.map(({ text }) => text)),
    ...findTwins([...voice.tone, ...voice.say, ...voice.avoid]),
    ...findTwins(essence.promise.split(/(?<=\.) /)),
  ],
  AUTO_GENERATE_PERSONAS({ personas, segments }, { audience }) {
    // The first group alone has ages.
    const [, first, from = 13, to = 110] = /^(.*), (\d{2}) to (\d{2}),/.exec(audience) ?? []
    return [
      ...personas.flatMap(({ age, occupation }) =>
        occupation === `from “${first}”` && (age < Number(from) || age > Number(to))
          ? [`age ${age} of ${from} to ${to}`]
          : [],
      ),
      ...findTwins(segments.flatMap(({ traits }) => traits)),
      ...findTwins(personas.flatMap(({ goals, frustrations }) => [...goals, ...frustrations])),
      ...findTwins(personas.flatMap(({ messages }) => messages.arguments)),
      ...findTwins(personas.flatMap(({ messages }) => messages.objections)),
      ...(['name', 'story', 'quote', 'goals', 'frustrations', 'messages'] as const).flatMap((field) =>
        findTwins(personas.map((persona) => persona[field])),
      ),
      ...findTwins(segments.map(({ name }) => name)),
    ]
  },
  GENERATE_CONTENT_PACKAGE: ({ posts, angles }) => [
    ...findTwins(posts.map(({ text }) => text)),
    ...findTwins(posts.map(({ headline }) => headline)),
    ...findTwins(posts.map(({ visual }) => visual)),
    ...findTwins(posts.flatMap(({ text }) => text.match(QUOTED) ?? [])),
    ...findTwins(angles),
  ],
  GENERATE_FUNNEL_CAMPAIGN: ({ stages, assets, mails }) => [
    ...findTwins(stages.map(({ message }) => message)),
    ...findTwins(stages.flatMap(({ objective, message }) => `${objective} ${message}`.match(QUOTED) ?? [])),
    ...findTwins(assets.map(({ title }) => title)),
    ...findTwins(mails.map(({ subject }) => subject)),
    ...findTwins(mails.map(({ text }) => text)),
  ],
  GENERATE_VIRAL_IDEAS: ({ ideas, angles }, { count }) => [
    ...(ideas.length === count ? [] : [`${ideas.length} ideas of ${count}`]),
    ...findTwins(ideas.map(({ title }) => title)),
    ...findTwins(ideas.map(({ outline }) => outline)),
    ...findTwins(ideas.map(({ hook }) => hook)),
    ...findTwins(ideas.map(({ reason }) => reason)),
    ...findTwins(angles),
  ],
  GENERATE_IDEAS_FROM_PRODUCT: ({ ideas, benefits, occasions }) => [
    ...findTwins(ideas.map(({ title }) => title)),
    ...findTwins(ideas.map(({ hook }) => hook)),
    ...findTwins(ideas.map(({ outline }) => outline)),
    ...findTwins(ideas.map(({ reason }) => reason)),
    ...findTwins(benefits.map(({ benefit }) => benefit)),
    ...findTwins(benefits.map(({ proof }) => proof)),
    ...findTwins(occasions.map(({ occasion }) => occasion)),
    ...findTwins(occasions.map(({ need }) => need)),
  ],
}

describe('A draft without a model', () => {
  it.each(Object.keys(CHECKS) as DraftedType[])(
    `says nothing that a person could not sign, of ${BRIEFS} briefs: %s`,
    async (type) => {
      for (const seed of seeds) {
        const brief = drawBrief(type, seed)
        const result = await draft(type, brief.payload as never)
        const texts = textsOf(result)
        const written = textsOf(brief.payload).concat(brief.phrases, brief.labels).join('\n')
        const broken = (CHECKS[type] as (result: unknown, payload: unknown) => string[])(result, brief.payload)
        expect([...findMisquotes(texts, written), ...findInflected(texts, brief), ...broken]).toEqual([])
      }
    },
  )

  it.each([
    ['German', 'Junge Berufstätige in Berlin, 25 bis 40, die gern Kaffee trinken und wenig Zeit haben.', 25, 40],
    ['Arabic', 'الموظفون الشباب في برلين، بين ٢٥ و٤٠، يحبون القهوة.', 25, 40],
    ['English', 'Nurses aged 50 to 60. Our clinic is old. They are tired of capsules.', 50, 60],
  ])('gives personas ages within those of a brief in %s', async (_language, audience, from, to) => {
    const { personas } = await draft('AUTO_GENERATE_PERSONAS', { ...PEOPLE, audience })
    for (const { age } of personas) expect(age >= from && age <= to).toBe(true)
  })

  it('gives each group its own ages, and makes no child a buyer', async () => {
    const audience =
      'Retired teachers aged 60 to 80. Parents of toddlers, 30, who sleep little. Children who like colours.'
    const { personas } = await draft('AUTO_GENERATE_PERSONAS', { ...PEOPLE, audience })
    const agesOf = (group: string) =>
      personas.flatMap(({ age, occupation }) => (occupation === `from “${group}”` ? [age] : []))
    expect(agesOf('Retired teachers').every((age) => age >= 60 && age <= 80)).toBe(true)
    expect(agesOf('Parents of toddlers')).toEqual([30, 30, 30, 30])
    expect(agesOf('Children')).toEqual([])
    const alone = await draft('AUTO_GENERATE_PERSONAS', { ...PEOPLE, audience: 'Children who like colours.' })
    expect(new Set(alone.personas.map(({ occupation }) => occupation))).toEqual(new Set(['buys for “Children”']))
    expect(Math.min(...alone.personas.map(({ age }) => age))).toBeGreaterThanOrEqual(18)
  })

  it('claims nothing about what people use today: it asks', async () => {
    const { personas, segments } = await draft('AUTO_GENERATE_PERSONAS', {
      ...PEOPLE,
      audience: 'Small offices that are tired of capsules.',
    })
    expect(JSON.stringify(segments)).not.toMatch(/nothing like it|uses something else/)
    for (const { story } of personas) expect(story).toMatch(/To check: [^?]+\?$/)
  })

  it('promises a value once, however often it was written', async () => {
    const { payload } = drawBrief('GENERATE_BRAND_KIT', 1)
    const { essence } = await draft('GENERATE_BRAND_KIT', { ...payload, values: ['No waste', 'no waste.', 'Calm'] })
    expect(essence.promise).toBe('No waste. Calm.')
  })

  it('numbers the posts of a series when the calendar needs more than there are points of view', async () => {
    const { payload } = drawBrief('GENERATE_CONTENT_PACKAGE', 1)
    const { posts } = await draft('GENERATE_CONTENT_PACKAGE', {
      ...payload,
      channels: ['instagram', 'linkedin', 'x', 'tiktok', 'youtube'],
      postsPerChannel: 7,
    })
    expect(new Set(posts.map(({ headline }) => headline.toLowerCase())).size).toBe(35)
    expect(posts.filter(({ headline }) => headline.endsWith(', part 2'))).toHaveLength(12)
  })

  it('answers trends with the numbers and the topic in quotation marks', () => {
    for (const seed of seeds) {
      const { payload, phrases, labels } = drawBrief('GENERATE_CONTENT_PACKAGE', seed)
      const { topic } = payload
      const heard = 'A headline of others'
      const trend = {
        trendKey: 'decaf',
        name: 'decaf',
        topic,
        series: [
          { at: '2027-03-01T00:00:00.000Z', mentions: seed % 9 },
          { at: '2027-03-02T00:00:00.000Z', mentions: seed % 7 },
        ],
        sources: seed % 2 === 0 ? [{ title: heard, url: 'https://news.example/1' }] : [],
        burstScore: (seed % 9) - 2,
        growth: null,
        direction: (['rising', 'steady', 'falling'] as const)[seed % 3] ?? 'steady',
      }
      const kind = (['text', 'photo', 'reel', 'link', 'live', 'poll'] as const)[seed % 6] ?? 'text'
      const texts = textsOf([
        draftOpportunity({ ...trend, window: 'week', medium: 'forums' }),
        draftLocalAngle({
          ...trend,
          region: 'DE',
          spread:
            seed % 4 === 0
              ? undefined
              : {
                  trendKey: 'decaf',
                  origin: seed % 3 === 0 ? 'DE' : 'US',
                  followers: [{ region: 'DE', lagDays: seed % 5 }],
                },
        }),
        draftFacebookPost({ kind, name: 'decaf', topic, heard }),
      ])
      const broken = findInflected(texts, { phrases: [...phrases, topic], labels })
      expect([...findMisquotes(texts, `${topic}\n${heard}`), ...broken]).toEqual([])
    }
  })
})
