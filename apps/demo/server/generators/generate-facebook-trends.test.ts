import type { TaskPayload, TaskResult } from '@brandkit/core'
import { FACEBOOK_SURFACES } from '@brandkit/core/brand-tasks'
import { describe, expect, it } from 'vitest'
import type { FeedItem } from '../feeds/feed-item.ts'
import { describeGenerator } from '../testing/describe-generator.ts'
import { makeResult } from '../testing/run-brand-generator.ts'
import { toFeeds } from '../testing/to-feeds.ts'
import { createFacebookTrendsGenerator } from './generate-facebook-trends.ts'

type Payload = TaskPayload<'GENERATE_FACEBOOK_TRENDS'>

const payload: Payload = {
  topic: 'Second-hand and mending',
  window: 'month',
  limit: 10,
  language: 'en',
  surfaces: [...FACEBOOK_SURFACES],
}
const until = Date.parse('2027-03-01T12:00:00Z')
const post = (hours: number, changes: Partial<FeedItem> = {}): FeedItem => ({
  title: 'Rooibos again',
  url: `https://groups.example/${hours}`,
  at: until - hours * 3_600_000,
  localHour: 12,
  tags: ['rooibos', 'tea'],
  medium: 'social',
  surface: 'groups',
  kind: 'text',
  engagement: { views: 1_000, reactions: 20, comments: 5, shares: 5 },
  ...changes,
})
const run = async (changes: Partial<Payload> = {}, items?: FeedItem[]) => {
  const generate = createFacebookTrendsGenerator({ paceMs: 0, ...(items && { feeds: toFeeds(items) }) })
  return await makeResult('GENERATE_FACEBOOK_TRENDS', generate, { ...payload, ...changes })
}

function isConsistent({ trends, posting }: TaskResult<'GENERATE_FACEBOOK_TRENDS'>, drawn: Payload): void {
  expect(posting.map(({ trendKey }) => trendKey)).toEqual(trends.map(({ trendKey }) => trendKey))
  for (const { surface } of trends) expect(drawn.surfaces).toContain(surface)
  for (const { hours } of posting) {
    expect(hours.length).toBeGreaterThan(0)
    expect(new Set(hours).size).toBe(hours.length)
  }
}

describeGenerator('GENERATE_FACEBOOK_TRENDS', {
  create: createFacebookTrendsGenerator,
  payload,
  check: isConsistent,
})

describe('Facebook trends', () => {
  it('add up the engagement that the posts state', async () => {
    const { trends } = await run({ topic: 'tea' }, [post(1), post(2), post(3)])
    expect(trends[0]?.engagement).toEqual({ reactions: 60, comments: 15, shares: 15, rate: 0.03 })
  })

  it('find the kind and the hour that people react to', async () => {
    const lively = { engagement: { views: 9_000, reactions: 900, comments: 200, shares: 200 } }
    const { posting } = await run({ topic: 'tea' }, [
      ...Array.from({ length: 6 }, (_, index) => post(index)),
      post(10, { ...lively, kind: 'reel', surface: 'groups', localHour: 20 }),
      post(11, { ...lively, kind: 'reel', surface: 'groups', localHour: 20 }),
    ])
    expect(posting[0]).toMatchObject({ postKind: 'reel' })
    expect(posting[0]?.hours[0]).toBe(20)
  })

  it('do not let one lucky post decide', async () => {
    const lucky = post(9, { kind: 'poll', engagement: { views: 10, reactions: 5, comments: 0, shares: 0 } })
    const solid = [1, 2, 3].map((hours) =>
      post(hours, { kind: 'reel', engagement: { views: 20_000, reactions: 1_500, comments: 300, shares: 300 } }),
    )
    const { posting } = await run({ topic: 'tea' }, [...solid, lucky, post(5), post(6)])
    expect(posting[0]?.postKind).toBe('reel')
  })

  it('look only where they are told to', async () => {
    const items = [post(1), post(2), post(3)]
    expect((await run({ topic: 'tea', surfaces: ['reels'] }, items)).trends).toEqual([])
    expect((await run({ topic: 'tea', region: 'DE' }, items)).trends).toEqual([])
    expect((await run({ topic: 'tea', surfaces: ['groups'] }, items)).trends).toHaveLength(1)
  })

  it('find what the sample is full of', async () => {
    const names = (await run()).trends.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['visible mending', 'second-hand toys']))
  })
})
