import type { TaskPayload, TaskResult } from '@brandkit/core'
import { SOCIAL_CHANNELS, VIRAL_EMOTIONS } from '@brandkit/core/brand-tasks'
import { describe, expect, it } from 'vitest'
import { describeGenerator } from '../testing/describe-generator.ts'
import { makeResult, runBrandGenerator } from '../testing/run-brand-generator.ts'
import { createViralIdeasGenerator } from './generate-viral-ideas.ts'

type Payload = TaskPayload<'GENERATE_VIRAL_IDEAS'>

const payload: Payload = {
  topic: 'Fresh coffee at home',
  audience: 'Remote workers in Berlin who drink three cups a day and are annoyed by stale supermarket beans',
  channels: ['instagram', 'tiktok', 'linkedin'],
  count: 10,
  language: 'en',
}
const generate = createViralIdeasGenerator({ paceMs: 0 })
const run = async (changes: Partial<Payload> = {}) =>
  await makeResult('GENERATE_VIRAL_IDEAS', generate, { ...payload, ...changes })

function isRanked({ ideas, angles }: TaskResult<'GENERATE_VIRAL_IDEAS'>, drawn: Payload): void {
  expect(ideas).toHaveLength(drawn.count)
  expect(new Set(ideas.map(({ ideaKey }) => ideaKey)).size).toBe(drawn.count)
  const scores = ideas.map(({ score }) => score)
  expect(scores).toEqual(scores.toSorted((one, other) => other - one))
  for (const { score, shareability, relevance, novelty, channel, emotion } of ideas) {
    expect(score).toBe(Math.round(100 * (0.4 * shareability + 0.35 * relevance + 0.25 * novelty)))
    expect(drawn.channels).toContain(channel)
    expect(angles.map((angle) => angle.emotion)).toContain(emotion)
  }
  if (drawn.emotions) expect(angles.map(({ emotion }) => emotion)).toEqual(drawn.emotions)
}

const feelingsOf = async (topic: string) => (await run({ topic, audience: '!' })).angles.map(({ emotion }) => emotion)

/** A brief that avoids its own topic gets an error, and no ideas. */
function avoidNothing(drawn: Payload): Payload {
  const adjusted = { ...drawn }
  delete adjusted.avoid
  return adjusted
}

describeGenerator('GENERATE_VIRAL_IDEAS', {
  create: createViralIdeasGenerator,
  payload,
  adjust: avoidNothing,
  check: isRanked,
})

describe('A set of viral ideas', () => {
  it('has thirty that differ, even for one feeling on one channel', async () => {
    const { ideas } = await run({ channels: ['x'], emotions: ['pride'], count: 30 })
    expect(new Set(ideas.map(({ title }) => title)).size).toBe(30)
  })

  it('uses several formats and all channels rather than one idea ten times', async () => {
    const { ideas } = await run()
    expect(new Set(ideas.map(({ format }) => format)).size).toBeGreaterThanOrEqual(5)
    expect(new Set(ideas.map(({ channel }) => channel)).size).toBe(3)
  })

  it('streams the words of each idea while it is drafted', async () => {
    const { text, result } = await runBrandGenerator('GENERATE_VIRAL_IDEAS', generate, { payload })
    const told = result?.ideas.map(({ title, hook, outline }) => `${title}\n${hook}\n${outline}`)
    expect(text.split('\n\n').toSorted()).toEqual(told?.toSorted())
  })

  it('finds other feelings for another topic', async () => {
    expect(await feelingsOf('Hidden bank fees and scams')).toContain('anger')
    expect(await feelingsOf('Childhood summers at camp, vintage and retro')).toContain('nostalgia')
  })

  it('touches nothing that is to be avoided, word by word', async () => {
    const { ideas } = await run({
      avoid: ['expensive', 'parents', 'supermarket'],
      count: 30,
      channels: [...SOCIAL_CHANNELS],
    })
    const text = JSON.stringify(ideas)
    expect(text).not.toMatch(/\bexpensive\b|\bparents\b|\bsupermarket\b/i)
    expect(ideas).toHaveLength(30)
  })

  it('says so when everything is to be avoided', async () => {
    await expect(run({ avoid: ['coffee'] })).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining('Remove a word from that list, or choose another topic.') as string,
    })
  })

  it('knows every feeling of the catalog', async () => {
    const { angles } = await run({ emotions: [...VIRAL_EMOTIONS] })
    for (const { angle } of angles) expect(angle.toLowerCase()).toContain('fresh coffee at home')
  })

  it('shows one idea after the other', async () => {
    const { partials } = await runBrandGenerator('GENERATE_VIRAL_IDEAS', generate, { payload })
    expect(partials.map((partial) => (partial as { ideas?: unknown[] }).ideas?.length ?? 0)).toEqual(
      expect.arrayContaining([1, 5, 10]),
    )
  })
})
