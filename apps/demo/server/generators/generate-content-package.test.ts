import type { TaskPayload, TaskResult } from '@brandkit/core'
import { POST_CHARACTERS, SOCIAL_CHANNELS } from '@brandkit/core/brand-tasks'
import { describe, expect, it } from 'vitest'
import { describeGenerator } from '../testing/describe-generator.ts'
import { makeResult } from '../testing/run-brand-generator.ts'
import { createContentPackageGenerator } from './generate-content-package.ts'

type Payload = TaskPayload<'GENERATE_CONTENT_PACKAGE'>

const payload: Payload = {
  topic: 'Better light for camping',
  audience: 'Families who camp at weekends, love quiet places and are annoyed by harsh lamps next door',
  channels: ['instagram', 'linkedin', 'x'],
  postsPerChannel: 4,
  startDate: '2027-03-01',
  weeks: 2,
  tone: 'conversational',
  callToAction: 'See the lamp at aurora.example',
  language: 'en',
}
const generate = createContentPackageGenerator({ paceMs: 0 })
const run = async (changes: Partial<Payload> = {}) =>
  await makeResult('GENERATE_CONTENT_PACKAGE', generate, { ...payload, ...changes })

function isComplete({ posts, calendar }: TaskResult<'GENERATE_CONTENT_PACKAGE'>, drawn: Payload): void {
  expect(posts).toHaveLength(drawn.channels.length * drawn.postsPerChannel)
  expect(calendar.map(({ postKey }) => postKey).toSorted()).toEqual(posts.map(({ postKey }) => postKey).toSorted())
  const last = new Date(Date.parse(drawn.startDate) + (drawn.weeks * 7 - 1) * 86_400_000).toISOString().slice(0, 10)
  for (const { date } of calendar) {
    expect(date >= drawn.startDate && date <= last).toBe(true)
  }
  for (const { channel, text, hashtags } of posts) {
    expect(text.length).toBeLessThanOrEqual(POST_CHARACTERS[channel])
    for (const hashtag of hashtags) expect(text).toContain(hashtag)
  }
}

describeGenerator('GENERATE_CONTENT_PACKAGE', { create: createContentPackageGenerator, payload, check: isComplete })

describe('A content package', () => {
  it('has its call to action in every post, also in the shortest', async () => {
    const { posts } = await run({ channels: [...SOCIAL_CHANNELS] })
    for (const { text } of posts) expect(text).toContain('See the lamp at aurora.example')
  })

  it('is longer where people read longer', async () => {
    const { posts } = await run({ channels: ['linkedin', 'x'], postsPerChannel: 1 })
    const [linkedin, x] = posts.map(({ text }) => text.length)
    expect(linkedin).toBeGreaterThan(x ?? Number.POSITIVE_INFINITY)
  })

  it('says nothing twice on one channel', async () => {
    const { posts } = await run({ channels: ['instagram'], postsPerChannel: 12 })
    expect(new Set(posts.map(({ text }) => text)).size).toBe(12)
  })

  it('speaks of what the audience minds', async () => {
    const { posts } = await run()
    expect(posts.some(({ text }) => text.includes('annoyed by harsh lamps next door'))).toBe(true)
  })

  it('chooses its points of view by the tone', async () => {
    const { angles: urgent } = await run({ tone: 'urgent' })
    const { angles: inspiring } = await run({ tone: 'inspiring' })
    expect(urgent[0]).not.toEqual(inspiring[0])
  })

  it('puts no two posts of a channel on one day while there are days enough', async () => {
    const { calendar } = await run({ channels: ['x'], postsPerChannel: 12 })
    expect(new Set(calendar.map(({ date }) => date)).size).toBe(12)
  })
})
