import { silentLogger, type TaskPayload, type TaskResult } from '@brandkit/core'
import { TREND_MEDIA } from '@brandkit/core/brand-tasks'
import { describe, expect, it } from 'vitest'
import { createFeeds } from '../feeds/create-feeds.ts'
import type { FeedItem } from '../feeds/feed-item.ts'
import { describeGenerator } from '../testing/describe-generator.ts'
import { makeResult, runBrandGenerator } from '../testing/run-brand-generator.ts'
import { toFeeds } from '../testing/to-feeds.ts'
import { createTrendsGenerator } from './generate-trends.ts'

type Payload = TaskPayload<'GENERATE_TRENDS'>

const payload: Payload = {
  topic: 'Better light for camping',
  window: 'week',
  limit: 10,
  language: 'en',
  media: [...TREND_MEDIA],
}
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

const run = async (changes: Partial<Payload> = {}, items?: FeedItem[]) => {
  const generate = createTrendsGenerator({ paceMs: 0, ...(items && { feeds: toFeeds(items) }) })
  return await makeResult('GENERATE_TRENDS', generate, { ...payload, ...changes })
}

function isConsistent({ trends, opportunities }: TaskResult<'GENERATE_TRENDS'>, drawn: Payload): void {
  expect(trends.length).toBeLessThanOrEqual(drawn.limit)
  const scores = trends.map(({ burstScore }) => burstScore)
  expect(scores).toEqual(scores.toSorted((one, other) => other - one))
  expect(opportunities.map(({ trendKey }) => trendKey)).toEqual(trends.map(({ trendKey }) => trendKey))
  for (const { medium, series } of trends) {
    expect(drawn.media).toContain(medium)
    const values = series.map(({ mentions }) => mentions)
    expect(values.reduce((sum, value) => sum + value, 0)).toBeGreaterThanOrEqual(3)
  }
}

describeGenerator('GENERATE_TRENDS', { create: createTrendsGenerator, payload, check: isConsistent })

describe('Trends', () => {
  it('show a burst that was planted, at the top, with its sources', async () => {
    const planted = Array.from({ length: 9 }, (_, index) => item(index + 1, 'rooibos'))
    const { trends } = await run({ topic: 'tea' }, [...planted, ...flat('assam', 'sencha'), item(100, 'rooibos')])
    expect(trends[0]).toMatchObject({ name: 'rooibos', direction: 'rising', medium: 'news' })
    expect(trends[0]?.burstScore).toBeGreaterThan(5)
    expect(trends[0]?.sources[0]?.url).toBe('https://news.example/rooibos/1')
  })

  it('show no burst in a flat feed', async () => {
    const { trends } = await run({ topic: 'tea' }, flat('assam', 'sencha', 'rooibos'))
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
    const namesOf = async (changes: Partial<Payload>) =>
      (await run({ topic: 'tea', ...changes }, items)).trends.map(({ name }) => name)
    expect(await namesOf({})).toEqual(['matcha', 'assam'])
    expect(await namesOf({ media: ['news'] })).toEqual(['assam'])
    expect(await namesOf({ region: 'FR' })).toEqual(['matcha'])
    expect(await namesOf({ region: 'SE' })).toEqual([])
  })

  it('keep to the keywords, where there are some', async () => {
    const names = (await run({ topic: 'tea', keywords: ['sencha'] }, flat('assam', 'sencha', 'sencha powder'))).trends
    expect(names.map(({ name }) => name)).toEqual(['sencha powder'])
  })

  it('are none for a topic that nobody mentions', async () => {
    const { trends, opportunities } = await run({ topic: 'Dog food' })
    expect(trends).toEqual([])
    expect(opportunities).toEqual([])
  })

  it('find warm light in the sample, bursting for camping', async () => {
    const { trends, opportunities } = await run()
    expect(trends[0]).toMatchObject({ name: 'warm light', direction: 'rising' })
    expect(trends[0]?.burstScore).toBeGreaterThan(3)
    expect(opportunities[0]?.angle).toContain('For “Better light for camping”')
  })

  it('read the feeds once an attempt, and not at all when every step is finished', async () => {
    let reads = 0
    const items = await createFeeds().read({ signal: new AbortController().signal, logger: silentLogger })
    const feeds = {
      isSample: true,
      read: async () => {
        reads += 1
        return items
      },
    }
    const generate = createTrendsGenerator({ paceMs: 0, feeds })
    const { result, checkpoints } = await runBrandGenerator('GENERATE_TRENDS', generate, { payload })
    expect(reads).toBe(1)
    const second = await runBrandGenerator('GENERATE_TRENDS', generate, { payload, checkpoints })
    expect(second.result).toEqual(result)
    expect(reads).toBe(1)
  })
})
