import type { TaskPayload } from '@brandkit/core'
import { PRODUCT_IDEA_KINDS, SOCIAL_CHANNELS, VIRAL_EMOTIONS } from '@brandkit/core/brand-tasks'
import { describe, expect, it } from 'vitest'
import { makeResult, runBrandGenerator } from '../testing/example-payloads.ts'

const packageOf = (changes: Partial<TaskPayload<'GENERATE_CONTENT_PACKAGE'>> = {}) =>
  makeResult('GENERATE_CONTENT_PACKAGE', changes)

describe('A content package', () => {
  it('has its call to action in every post, also in the shortest', async () => {
    const callToAction = 'See the lamp at aurora.example'
    const { posts } = await packageOf({ channels: [...SOCIAL_CHANNELS], callToAction })
    for (const { text } of posts) expect(text).toContain(callToAction)
  })

  it('holds only words of the user outside its notes', async () => {
    const { posts } = await packageOf({ topic: 'قهوة باردة', callToAction: 'اطلب الآن', channels: ['linkedin', 'x'] })
    for (const { text, hashtags } of posts) {
      const own = text
        .replaceAll(/\[[^\]]*\]/g, '')
        .split(/\s*\n\s*/)
        .filter(Boolean)
      expect(own).toEqual(['قهوة باردة:', 'اطلب الآن', '#قهوة_باردة'])
      expect(hashtags).toEqual(['#قهوة_باردة'])
    }
  })

  it('is longer where people read longer', async () => {
    const { posts } = await packageOf({ channels: ['linkedin', 'x'], postsPerChannel: 1 })
    const [linkedin, x] = posts.map(({ text }) => text.length)
    expect(linkedin).toBeGreaterThan(x ?? Number.POSITIVE_INFINITY)
  })

  it('quotes what the brief says about the readers, once', async () => {
    const { posts } = await packageOf()
    const quoting = posts.filter(({ text }) => text.includes('“drink three cups a day and are annoyed by stale beans”'))
    expect(quoting).toHaveLength(1)
  })

  it('chooses its points of view by the tone', async () => {
    const [urgent, inspiring] = [await packageOf({ tone: 'urgent' }), await packageOf({ tone: 'inspiring' })]
    expect(urgent.angles[0]).not.toEqual(inspiring.angles[0])
  })

  it('puts no two posts of a channel on one day while there are days enough', async () => {
    const { calendar } = await packageOf({ channels: ['x'], postsPerChannel: 12 })
    expect(new Set(calendar.map(({ date }) => date)).size).toBe(12)
  })

  it('tells each post when it is finished', async () => {
    const { text, result } = await runBrandGenerator('GENERATE_CONTENT_PACKAGE')
    expect(text.trim()).toBe(result?.posts.map((post) => `${post.headline}\n${post.text}`).join('\n\n'))
  })
})

const viralIdeas = (changes: Partial<TaskPayload<'GENERATE_VIRAL_IDEAS'>> = {}) =>
  makeResult('GENERATE_VIRAL_IDEAS', changes)

describe('A set of viral ideas', () => {
  it('has thirty that differ, even for one feeling on one channel', async () => {
    const { ideas } = await viralIdeas({ channels: ['x'], emotions: ['pride'], count: 30 })
    expect(new Set(ideas.map(({ hook }) => hook)).size).toBe(30)
  })

  it('uses several formats and all channels rather than one idea ten times', async () => {
    const { ideas } = await viralIdeas({ channels: ['instagram', 'tiktok', 'linkedin'], count: 10 })
    expect(new Set(ideas.map(({ format }) => format)).size).toBeGreaterThanOrEqual(5)
    expect(new Set(ideas.map(({ channel }) => channel)).size).toBe(3)
  })

  it('streams the words of each idea while it is drafted', async () => {
    const { text, result } = await runBrandGenerator('GENERATE_VIRAL_IDEAS')
    const told = result?.ideas.map(({ title, hook, outline }) => `${title}\n${hook}\n${outline}`)
    expect(text.split('\n\n').toSorted()).toEqual(told?.toSorted())
  })

  it('touches nothing that is to be avoided, word by word', async () => {
    const { ideas } = await viralIdeas({
      avoid: ['price', 'parents', 'war'],
      count: 30,
      channels: [...SOCIAL_CHANNELS],
    })
    expect(JSON.stringify(ideas)).not.toMatch(/\bparents\b/i)
    expect(ideas.length).toBeGreaterThan(25)
  })

  it('says so when everything is to be avoided', async () => {
    await expect(viralIdeas({ avoid: ['coffee'] })).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining('Remove a word from that list, or choose another topic.') as string,
    })
  })

  it('knows every feeling of the catalog', async () => {
    const { angles } = await viralIdeas({ emotions: [...VIRAL_EMOTIONS] })
    for (const { angle } of angles) expect(angle).toMatch(/^Fresh coffee at home: [a-z]/)
  })

  it('shows one idea after the other', async () => {
    const { partials } = await runBrandGenerator('GENERATE_VIRAL_IDEAS')
    expect(partials.map((partial) => (partial as { ideas?: unknown[] }).ideas?.length ?? 0)).toEqual(
      expect.arrayContaining([1, 3, 5]),
    )
  })
})

const productIdeas = (changes: Partial<TaskPayload<'GENERATE_IDEAS_FROM_PRODUCT'>> = {}) =>
  makeResult('GENERATE_IDEAS_FROM_PRODUCT', {
    features: ['Dims by itself', 'Battery for 40 hours', 'Spare parts for life', 'Weighs 180 grams'],
    kinds: [...PRODUCT_IDEA_KINDS],
    count: 8,
    ...changes,
  })

describe('A set of ideas from a product', () => {
  it('asks another question of each feature, and names its number', async () => {
    const { benefits } = await productIdeas()
    expect(benefits[1]).toEqual({
      feature: 'Battery for 40 hours',
      benefit: 'What becomes possible with it?',
      proof: 'One example, from beginning to end. Number to show: “40 hours”.',
    })
  })

  it('quotes the moments of the brief', async () => {
    const { occasions } = await productIdeas({ audience: 'Families who camp at weekends, who love quiet places' })
    expect(occasions.map(({ occasion }) => occasion)).toEqual(
      expect.arrayContaining(['“camp at weekends”', '“love quiet places”']),
    )
  })

  it('uses all kinds and all features before it repeats itself', async () => {
    const { ideas } = await productIdeas()
    expect(ideas).toHaveLength(8)
    expect(new Set(ideas.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(5)
    expect(new Set(ideas.map(({ feature }) => feature)).size).toBe(4)
  })

  it('has thirty that differ where features and kinds are many', async () => {
    const { ideas } = await productIdeas({ count: 30 })
    expect(new Set(ideas.map(({ title, hook }) => title + hook)).size).toBe(30)
  })

  it('keeps to the kinds that are asked for', async () => {
    const { ideas } = await productIdeas({ kinds: ['event'], count: 4 })
    expect(ideas.map(({ kind }) => kind)).toEqual(['event', 'event', 'event', 'event'])
  })
})
