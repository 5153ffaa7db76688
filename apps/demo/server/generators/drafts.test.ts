import type { TaskPayload, TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import { describe, expect, it } from 'vitest'
import type { FeedItem } from '../feeds/parse-feed.ts'
import { type DraftedType, drawBrief } from '../testing/draw-brief.ts'
import { makeResult, withFeeds } from '../testing/example-payloads.ts'

const BRIEFS = 200
const seeds = Array.from({ length: BRIEFS }, (_, seed) => seed)

/** The texts that a person reads: all but copies of a form field, and the rules for writers of a brand kit. */
const ECHOES = new Set(
  'feature campaignName topic brandName productName audienceName svg say avoid keywords caveats url'.split(' '),
)

function textsOf(value: unknown, key = ''): string[] {
  if (ECHOES.has(key) || /(?:Key|Id)$/.test(key)) return []
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap((entry) => textsOf(entry, key))
  return value && typeof value === 'object'
    ? Object.entries(value).flatMap(([name, entry]) => textsOf(entry, name))
    : []
}

const QUOTED = /“([^”]*)”/g
/** What only the brief may promise. */
const OFFERS =
  /\b(?:free|discounts?|% off|refund\w*|guarantee\w*|warrant\w*|trial|vouchers?|gifts?|bonus|rewards?|\d+ days|half (?:the )?price|money back)\b/i
const TRACES = /\{\w|undefined|nan\b|\[object|\[\]| {2}|\s[.,;](?!\d)|[.?!]\.|:\s*[.\]]|“”/i

interface Words {
  /** Everything that the user or the feeds have written. */
  written: string
  /** Phrases of the brief, which code cannot inflect. */
  phrases: readonly string[]
  /** Names, which may stand before or behind a colon or on a line of their own. */
  labels: readonly string[]
}

/** Texts that break the rules for all drafts, each with the rule. */
function findFaults(texts: readonly string[], { written, phrases, labels }: Words): string[] {
  return texts.flatMap((text) => {
    const isMisquoted = [...text.matchAll(QUOTED)].some(
      ([, quoted = '']) => !written.includes(quoted.replace(/…$/, '')),
    )
    // A text may be the user's own, word by word.
    if (written.includes(text)) return []
    let own = text.replaceAll(QUOTED, '“quote”')
    for (const label of labels)
      own = own
        .replaceAll(`${label}:`, 'Label:')
        .replaceAll(`: ${label}`, ': label')
        .replaceAll(`${label}, part `, 'Label, part ')
    own = own
      .split('\n')
      .filter((line) => !written.includes(line))
      .join('\n')
    const inside = own.toLowerCase()
    const brackets = own.replaceAll(/[^[\]]/g, '')
    const rules: readonly (readonly [broken: boolean, rule: string])[] = [
      [isMisquoted, 'quotes what nobody has said'],
      [phrases.some((phrase) => inside.includes(phrase.toLowerCase())), 'puts a phrase into a sentence'],
      [OFFERS.test(own), 'makes an offer'],
      [TRACES.test(own), 'is not filled'],
      [brackets.replaceAll('[]', '') !== '', 'leaves a bracket open'],
    ]
    return rules.flatMap(([broken, rule]) => (broken ? [`${rule}: ${text}`] : []))
  })
}

/** Values that are equal, whatever their case. */
function findTwins(...lists: readonly (readonly unknown[])[]): string[] {
  return lists.flatMap((list) => {
    const texts = list.map((value) => JSON.stringify(value).toLowerCase())
    return texts.filter((text, index) => texts.indexOf(text) !== index).map((text) => `twins: ${text}`)
  })
}

/** What is left of a post without its channel's form: it is said on one network only. */
const coreOf = (text: string) => text.replaceAll(/^(?:Card \d+: |\d:\d\d |Second \d+: )/gm, '')
const bare = (text: string) => text.replaceAll(/[\s_-]/g, '').toLowerCase()

type Checks = { [T in DraftedType]: (result: TaskResult<T>, brief: ReturnType<typeof drawBrief<T>>) => string[] }

/** Checks for one result of each type, besides the rules for all: each returns what breaks it. */
const CHECKS: Checks = {
  GENERATE_MEDIA_PLAN: ({ calendar }) =>
    calendar.flatMap(({ placements }) => findTwins(placements.map(({ message }) => message))),
  GENERATE_BRAND_KIT: ({ voice, essence }) =>
    findTwins(
      voice.samples.map(({ text }) => text),
      [...voice.tone, ...voice.say, ...voice.avoid],
      essence.promise.split(/(?<=\.) /),
    ),
  AUTO_GENERATE_PERSONAS({ personas, segments }, { ages, firstGroup }) {
    const isOutside = ({ age, occupation }: (typeof personas)[number]) =>
      ages && occupation === `group: “${firstGroup}”` && (age < ages.from || age > ages.to)
    return [
      ...personas.filter(isOutside).map(({ age }) => `age ${age} of ${ages?.from} to ${ages?.to}`),
      ...(ages && !personas.some(({ occupation }) => occupation === `group: “${firstGroup}”`)
        ? ['nobody of the first group']
        : []),
      ...findTwins(
        segments.map(({ name }) => name),
        segments.flatMap(({ traits }) => traits),
        personas.flatMap(({ goals, frustrations }) => [...goals, ...frustrations]),
        personas.flatMap(({ messages }) => messages.arguments),
        personas.flatMap(({ messages }) => messages.objections),
        ...(['name', 'story', 'quote', 'messages'] as const).map((field) => personas.map((persona) => persona[field])),
      ),
    ]
  },
  GENERATE_CONTENT_PACKAGE({ posts, angles }, { payload: { topic } }) {
    return [
      ...posts.flatMap(({ hashtags }) => hashtags.filter((tag) => bare(tag) !== `#${bare(topic)}`)),
      ...posts.filter(({ hashtags }) => hashtags.length > 1).map(({ hashtags }) => hashtags.join(' ')),
      ...findTwins(
        posts.map(({ text }) => coreOf(text)),
        posts.map(({ text }) => text.split('\n')[0]),
        posts.map(({ headline }) => headline),
        posts.flatMap(({ text }) => text.match(QUOTED) ?? []),
        angles,
      ),
    ]
  },
  GENERATE_FUNNEL_CAMPAIGN: ({ stages, assets, mails, forecast, totalBudget, caveats }) => [
    ...(caveats?.includes('loss') === forecast.revenue < totalBudget ? [] : ['a loss that nobody mentions']),
    ...findTwins(
      stages.map(({ message }) => message),
      stages.flatMap(({ objective, message }) => `${objective} ${message}`.match(QUOTED) ?? []),
      assets.map(({ title }) => title),
      assets.map(({ brief }) => brief),
      mails.map(({ subject }) => subject),
      mails.map(({ text }) => text),
    ),
  ],
  GENERATE_VIRAL_IDEAS: ({ ideas, angles }, { payload: { count } }) => [
    ...(ideas.length === count ? [] : [`${ideas.length} ideas of ${count}`]),
    ...findTwins(
      angles,
      ...(['title', 'outline', 'hook', 'reason'] as const).map((field) => ideas.map((idea) => idea[field])),
    ),
  ],
  GENERATE_IDEAS_FROM_PRODUCT: ({ ideas, benefits, occasions }) =>
    findTwins(
      benefits.map(({ benefit }) => benefit),
      benefits.map(({ proof }) => proof),
      occasions.map(({ occasion }) => occasion),
      occasions.map(({ need }) => need),
      ...(['title', 'hook', 'outline'] as const).map((field) => ideas.map((idea) => idea[field])),
    ),
}

describe('A draft without a model', () => {
  it.each(Object.keys(CHECKS) as DraftedType[])(
    `says nothing that a person could not sign, of ${BRIEFS} briefs: %s`,
    async (type) => {
      for (const seed of seeds) {
        const brief = drawBrief(type, seed)
        const result = await makeResult(type, brief.payload as Partial<TaskPayload<typeof type>>)
        const written = textsOf(brief.payload).concat(brief.phrases, brief.labels).join('\n')
        const broken = (CHECKS[type] as (result: unknown, brief: unknown) => string[])(result, brief)
        expect([...findFaults(textsOf(result), { ...brief, written }), ...broken]).toEqual([])
        const isEnglish = !('language' in brief.payload) || brief.payload.language === 'en'
        expect(result.caveats?.slice(0, 2)).toEqual(
          isEnglish ? ['draft', ...(result.caveats?.slice(1, 2) ?? [])] : ['draft', 'english'],
        )
        expect(result.caveats?.includes('english')).toBe(!isEnglish)
      }
    },
  )

  it.each([
    ['German', 'Junge Berufstätige in Berlin, 25 bis 40, die gern Kaffee trinken und wenig Zeit haben.', 25, 40],
    ['Arabic', 'الموظفون الشباب في برلين، بين ٢٥ و٤٠، يحبون القهوة.', 25, 40],
    ['English', 'Nurses aged 50 to 60. Our clinic is old. They are tired of capsules.', 50, 60],
  ])('gives personas ages within those of a brief in %s', async (_language, audience, from, to) => {
    const { personas } = await makeResult('AUTO_GENERATE_PERSONAS', { audience, count: 8 })
    for (const { age } of personas) expect(age >= from && age <= to).toBe(true)
  })

  it('gives each group its own ages, and makes no child a buyer', async () => {
    const audience =
      'Retired teachers aged 60 to 80. Parents of toddlers, 30, who sleep little. Children who like colours.'
    const { personas } = await makeResult('AUTO_GENERATE_PERSONAS', { audience, count: 8 })
    const agesOf = (group: string) =>
      personas.flatMap(({ age, occupation }) => (occupation === `group: “${group}”` ? [age] : []))
    expect(agesOf('Retired teachers').every((age) => age >= 60 && age <= 80)).toBe(true)
    expect(agesOf('Parents of toddlers')).toEqual([30, 30, 30, 30])
    expect(agesOf('Children')).toEqual([])
    const alone = await makeResult('AUTO_GENERATE_PERSONAS', { audience: 'Children who like colours.', count: 8 })
    expect(new Set(alone.personas.map(({ occupation }) => occupation))).toEqual(new Set(['buys for “Children”']))
    expect(Math.min(...alone.personas.map(({ age }) => age))).toBeGreaterThanOrEqual(18)
  })

  it('claims nothing about what people use today: it asks', async () => {
    const audience = 'Small offices that are tired of capsules.'
    const { personas } = await makeResult('AUTO_GENERATE_PERSONAS', { audience, count: 8 })
    for (const { story } of personas) expect(story).toMatch(/To find out: [^?]+\?$/)
  })

  it('promises a value once, however often it was written', async () => {
    const { essence } = await makeResult('GENERATE_BRAND_KIT', { values: ['No waste', 'no waste.', 'Calm'] })
    expect(essence.promise).toBe('No waste. Calm.')
  })

  it('numbers the posts of a series when the calendar needs more than there are points of view', async () => {
    const { posts } = await makeResult('GENERATE_CONTENT_PACKAGE', {
      channels: ['instagram', 'linkedin', 'x', 'tiktok', 'youtube'],
      postsPerChannel: 7,
    })
    expect(new Set(posts.map(({ headline }) => headline.toLowerCase())).size).toBe(35)
    expect(posts.filter(({ headline }) => headline.includes(', part 2: '))).toHaveLength(12)
  })
})

const TERMS = ['decaf', 'cascara', 'oat milk', 'moka pots']
const HEADLINES = ['What people say about', 'Seven shops sell', 'A court decides on', 'Nobody needs']

/** Items about coffee of a month, other ones for each seed; the last search is for a topic that they do not mention. */
function drawItems(seed: number): FeedItem[] {
  return Array.from({ length: 60 }, (_, index) => {
    const draw = (index * 7 + seed * 13) % 97
    const term = TERMS[draw % TERMS.length] ?? ''
    return {
      title: `${HEADLINES[draw % HEADLINES.length]} ${term}`,
      url: `https://news.example/${index}`,
      at: Date.parse('2027-03-01T12:00:00Z') - ((draw * draw) % 700) * 3_600_000,
      localHour: draw % 24,
      tags: [term, 'coffee'],
      medium: (['news', 'social', 'video', 'forums', 'search', 'shops'] as const)[draw % 6] ?? 'news',
      region: ['DE', 'US'][draw % 2] ?? 'DE',
      surface: 'groups',
      kind: (['text', 'photo', 'reel', 'link', 'live', 'poll'] as const)[draw % 6] ?? 'text',
      engagement: { views: 1_000, reactions: draw, comments: draw % 7, shares: draw % 5 },
    }
  })
}

const TREND_TYPES = [
  'GENERATE_TRENDS',
  'GENERATE_FACEBOOK_TRENDS',
  'GENERATE_GLOBAL_TRENDS',
] as const satisfies readonly BrandTaskType[]

describe('A trend report without a model', () => {
  it.each(TREND_TYPES)(`says no more than the feeds, of ${BRIEFS} searches: %s`, async (type) => {
    for (const seed of seeds) {
      const items = drawItems(seed)
      const topic = seed % 5 === 0 ? 'E-invoicing for trades' : 'Coffee'
      const window = (['day', 'week', 'month', 'quarter'] as const)[seed % 4] ?? 'month'
      const places = type === 'GENERATE_GLOBAL_TRENDS' ? { regions: ['DE', 'US'] } : {}
      const result = await makeResult(type, { topic, window, ...places }, withFeeds(items))
      const written = items.map(({ title }) => title).join('\n')
      expect(findFaults(textsOf(result), { written, phrases: [topic], labels: [] })).toEqual([])
      const found = 'trends' in result ? result.trends : result.regions.flatMap(({ trends }) => trends)
      expect(topic === 'Coffee' ? [] : found).toEqual([])
      expect(result.caveats).toEqual(found.length === 0 ? ['draft', 'nothing'] : ['draft'])
    }
  })

  it('is marked when it comes from the sample', async () => {
    for (const type of TREND_TYPES) expect((await makeResult(type)).caveats).toEqual(['draft', 'sample'])
  })
})
