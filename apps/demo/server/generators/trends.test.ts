import { silentLogger, type TaskPayload } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { createFeeds } from '../feeds/fetch-feed.ts'
import type { FeedItem } from '../feeds/parse-feed.ts'
import { EXAMPLE_PAYLOADS, generatorOf, makeResult, runBrandGenerator, withFeeds } from '../testing/example-payloads.ts'

const HOUR_MS = 3_600_000
const until = Date.parse('2027-03-01T12:00:00Z')
/** An item that is this many hours old. */
const item = (hours: number, tag: string, changes: Partial<FeedItem> = {}): FeedItem => ({
  title: `About ${tag}`,
  url: `https://news.example/${tag}/${hours}`,
  at: until - hours * HOUR_MS,
  localHour: 12,
  tags: [tag, 'tea'],
  medium: 'news',
  ...changes,
})
/** Every tag once every twelve hours: no trends. */
const flat = (...tags: string[]) =>
  tags.flatMap((tag) => Array.from({ length: 14 }, (_, index) => item(index * 12 + 1, tag)))

const trendsOf = (changes: Partial<TaskPayload<'GENERATE_TRENDS'>> = {}, items?: FeedItem[]) =>
  makeResult('GENERATE_TRENDS', { window: 'week', limit: 10, ...changes }, withFeeds(items))

describe('Trends', () => {
  it('show a burst that was planted, at the top, with its sources', async () => {
    const planted = Array.from({ length: 9 }, (_, index) => item(index + 1, 'rooibos'))
    const { trends } = await trendsOf({ topic: 'tea' }, [...planted, ...flat('assam', 'sencha'), item(100, 'rooibos')])
    expect(trends[0]).toMatchObject({ name: 'rooibos', direction: 'rising', medium: 'news' })
    expect(trends[0]?.burstScore).toBeGreaterThan(5)
    expect(trends[0]?.sources[0]?.url).toBe('https://news.example/rooibos/1')
    expect(trends[0]?.summary).toBe(
      'Rooibos: 10 mentions in a week, 9 in the last day (usual: 0.2), mostly in news. A burst. Heard: “About rooibos”.',
    )
  })

  it('show no burst in a flat feed', async () => {
    const { trends } = await trendsOf({ topic: 'tea' }, flat('assam', 'sencha', 'rooibos'))
    expect(trends).toHaveLength(3)
    for (const { burstScore, direction } of trends) {
      expect(Math.abs(burstScore)).toBeLessThan(1)
      expect(direction).toBe('steady')
    }
  })

  it('count only the media and the region that are asked for', async () => {
    const items = [
      ...flat('assam'),
      ...Array.from({ length: 6 }, (_, index) => item(index, 'matcha', { medium: 'video', region: 'FR' })),
    ]
    const namesOf = async (changes: Partial<TaskPayload<'GENERATE_TRENDS'>>) =>
      (await trendsOf({ topic: 'tea', ...changes }, items)).trends.map(({ name }) => name)
    expect(await namesOf({})).toEqual(['matcha', 'assam'])
    expect(await namesOf({ media: ['news'] })).toEqual(['assam'])
    expect(await namesOf({ region: 'FR' })).toEqual(['matcha'])
    expect(await namesOf({ region: 'SE' })).toEqual([])
  })

  it('keep to the keywords, where there are some', async () => {
    const { trends } = await trendsOf({ topic: 'tea', keywords: ['sencha'] }, flat('assam', 'sencha', 'sencha powder'))
    expect(trends.map(({ name }) => name)).toEqual(['sencha powder'])
  })

  it.each(['Dog food', 'E-invoicing for trades', 'الفواتير'])(
    'are none for a topic that nobody mentions: %s',
    async (topic) => {
      expect(await trendsOf({ topic, window: 'quarter' })).toMatchObject({
        trends: [],
        opportunities: [],
        caveats: ['draft', 'sample', 'nothing'],
      })
    },
  )

  it('say from their first part on that they come from the sample', async () => {
    const { partials } = await runBrandGenerator('GENERATE_TRENDS', {
      payload: { ...EXAMPLE_PAYLOADS.GENERATE_TRENDS, topic: 'Better light for camping' },
    })
    expect(partials.length).toBeGreaterThan(0)
    for (const part of partials) expect(part).toMatchObject({ caveats: ['draft', 'sample'] })
  })

  it('find warm light in the sample, bursting for camping', async () => {
    const { trends, opportunities } = await trendsOf({ topic: 'Better light for camping' })
    expect(trends[0]).toMatchObject({ name: 'warm light', direction: 'rising' })
    expect(trends[0]?.burstScore).toBeGreaterThan(3)
    expect(opportunities[0]?.angle).toMatch(/^Act now, while it is new\. .*Last day: \d+ mentions; usual: /)
  })

  it('read the feeds once an attempt, and not at all when every step is finished', async () => {
    let reads = 0
    const items = await createFeeds().read({ signal: new AbortController().signal, logger: silentLogger })
    const read = async () => {
      reads += 1
      return items
    }
    const generate = generatorOf('GENERATE_TRENDS', { feeds: { isSample: true, read } })
    const { result, checkpoints } = await runBrandGenerator('GENERATE_TRENDS', { generate })
    expect(reads).toBe(1)
    const second = await runBrandGenerator('GENERATE_TRENDS', { generate, checkpoints })
    expect(second.result).toEqual(result)
    expect(reads).toBe(1)
  })
})

const post = (hours: number, changes: Partial<FeedItem> = {}): FeedItem => ({
  ...item(hours, 'rooibos'),
  medium: 'social',
  surface: 'groups',
  kind: 'text',
  engagement: { views: 1_000, reactions: 20, comments: 5, shares: 5 },
  ...changes,
})

const facebookTrends = (changes: Partial<TaskPayload<'GENERATE_FACEBOOK_TRENDS'>> = {}, items?: FeedItem[]) =>
  makeResult('GENERATE_FACEBOOK_TRENDS', { topic: 'tea', window: 'month', limit: 10, ...changes }, withFeeds(items))

describe('Facebook trends', () => {
  it('add up the engagement that the posts state', async () => {
    const { trends } = await facebookTrends({}, [post(1), post(2), post(3)])
    expect(trends[0]?.engagement).toEqual({ reactions: 60, comments: 15, shares: 15, rate: 0.03 })
  })

  it('find the kind and the hour that people react to', async () => {
    const lively = { engagement: { views: 9_000, reactions: 900, comments: 200, shares: 200 } }
    const { posting } = await facebookTrends({}, [
      ...Array.from({ length: 6 }, (_, index) => post(index)),
      post(10, { ...lively, kind: 'reel', localHour: 20 }),
      post(11, { ...lively, kind: 'reel', localHour: 20 }),
    ])
    expect(posting[0]).toMatchObject({ postKind: 'reel' })
    expect(posting[0]?.hours[0]).toBe(20)
  })

  it('do not let one lucky post decide', async () => {
    const lucky = post(9, { kind: 'poll', engagement: { views: 10, reactions: 5, comments: 0, shares: 0 } })
    const solid = [1, 2, 3].map((hours) =>
      post(hours, { kind: 'reel', engagement: { views: 20_000, reactions: 1_500, comments: 300, shares: 300 } }),
    )
    const { posting } = await facebookTrends({}, [...solid, lucky, post(5), post(6)])
    expect(posting[0]?.postKind).toBe('reel')
  })

  it('look only where they are told to', async () => {
    const items = [post(1), post(2), post(3)]
    expect((await facebookTrends({ surfaces: ['reels'] }, items)).trends).toEqual([])
    expect((await facebookTrends({ region: 'DE' }, items)).trends).toEqual([])
    expect((await facebookTrends({ surfaces: ['groups'] }, items)).trends).toHaveLength(1)
  })

  it('find what the sample is full of', async () => {
    const { trends } = await facebookTrends({
      topic: 'Second-hand and mending',
      surfaces: ['pages', 'groups', 'reels', 'events', 'marketplace'],
    })
    expect(trends.map(({ name }) => name)).toEqual(expect.arrayContaining(['visible mending', 'second-hand toys']))
  })
})

const globalTrends = (changes: Partial<TaskPayload<'GENERATE_GLOBAL_TRENDS'>> = {}) =>
  makeResult('GENERATE_GLOBAL_TRENDS', { limit: 5, regions: ['DE', 'US', 'GB', 'FR'], ...changes })

describe('Global trends', () => {
  it('see cascara begin in the United States and cross the sea', async () => {
    const { spread } = await globalTrends()
    const cascara = spread.find(({ trendKey }) => trendKey === 'cascara')
    expect(cascara?.origin).toBe('US')
    expect(cascara?.followers.map(({ region }) => region)).toEqual(['GB', 'DE', 'FR'])
  })

  it('say something else in each region', async () => {
    const { localAngles } = await globalTrends()
    const angles = localAngles.filter(({ trendKey }) => trendKey === 'cascara').map(({ angle }) => angle)
    expect(new Set(angles).size).toBe(4)
    expect(angles.find((angle) => angle.includes('began here'))).toContain('United States')
  })

  it('count each region by itself', async () => {
    const { regions } = await globalTrends({ topic: 'padel', regions: ['ES', 'SE'] })
    expect(regions[0]?.trends.length).toBeGreaterThan(0)
    expect(regions[1]).toEqual({ region: 'SE', trends: [] })
  })
})
