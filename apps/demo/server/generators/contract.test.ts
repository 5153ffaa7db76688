import { brandTasks, type TaskDefinition, type TaskPayload, type TaskResult } from '@brandkit/core'
import {
  BRAND_TASK_TYPES,
  type BrandTaskType,
  CONTRAST_RATIOS,
  FUNNEL_STAGES,
  POST_CHARACTERS,
} from '@brandkit/core/brand-tasks'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  drawPayload,
  EXAMPLE_PAYLOADS,
  generatorOf,
  makeResult,
  runBrandGenerator,
} from '../testing/example-payloads.ts'
import { beforeEachStep } from './create-generators.ts'

type Check<T extends BrandTaskType> = (result: TaskResult<T>, payload: TaskPayload<T>) => void

const sum = (amounts: readonly number[]) => amounts.reduce((left, right) => left + right, 0)
const expectDescending = (values: readonly number[]) =>
  expect(values).toEqual(values.toSorted((one, other) => other - one))
const expectDistinct = (values: readonly unknown[]) => expect(new Set(values).size).toBe(values.length)

/** The parts of a score, and the order of the ideas. */
function areRanked(ideas: TaskResult<'GENERATE_VIRAL_IDEAS' | 'GENERATE_IDEAS_FROM_PRODUCT'>['ideas']): void {
  expectDistinct(ideas.map(({ ideaKey }) => ideaKey))
  expectDescending(ideas.map(({ score }) => score))
  for (const { score, shareability, relevance, novelty } of ideas) {
    expect(score).toBe(Math.round(100 * (0.4 * shareability + 0.35 * relevance + 0.25 * novelty)))
  }
}

/** What holds for every result of a type, beyond its schema. */
const CHECKS: { [T in BrandTaskType]: Check<T> } = {
  GENERATE_MEDIA_PLAN({ budget, calendar }, { budget: total }) {
    expect(sum(budget.map(({ amount }) => amount))).toBe(total)
    expect(sum(calendar.flatMap(({ placements }) => placements.map(({ amount }) => amount)))).toBe(total)
  },
  GENERATE_BRAND_KIT({ palette: { colors, pairs } }, { primaryColor }) {
    const hexOf = (role: string) => colors.find((color) => color.role === role)?.hex ?? ''
    expect(pairs.length).toBeGreaterThan(10)
    for (const { text, background, ratio, level } of pairs) {
      const measured = contrastOf(hexOf(text), hexOf(background))
      expect(Math.abs(measured - ratio)).toBeLessThan(0.02)
      if (level !== 'fail') expect(measured).toBeGreaterThanOrEqual(CONTRAST_RATIOS[level])
      if (text === 'text' && background === 'surface') expect(measured).toBeGreaterThanOrEqual(7)
      // A fixed colour stays whatever its contrast is; the pair then reports the failure.
      const isSettled = primaryColor !== undefined && [text, background].includes('primary')
      if (background === 'surface' && !isSettled) expect(measured).toBeGreaterThanOrEqual(4.5)
    }
    if (primaryColor) expect(hexOf('primary')).toBe(primaryColor.toLowerCase())
  },
  AUTO_GENERATE_PERSONAS({ segments, personas }, { count }) {
    const percents = segments.map(({ share }) => Math.round(share * 100))
    expect(sum(percents)).toBe(100)
    expectDescending(percents)
    expect(personas).toHaveLength(count)
    expect(personas.map(({ personaKey }) => personaKey)).toEqual(segments.map(({ personaKey }) => personaKey))
    expectDistinct(personas.map(({ personaKey }) => personaKey))
    expectDistinct(personas.map(({ name }) => name))
  },
  GENERATE_CONTENT_PACKAGE({ posts, calendar }, { channels, postsPerChannel, startDate, weeks, callToAction }) {
    expect(posts).toHaveLength(channels.length * postsPerChannel)
    expect(calendar.map(({ postKey }) => postKey).toSorted()).toEqual(posts.map(({ postKey }) => postKey).toSorted())
    const last = new Date(Date.parse(startDate) + (weeks * 7 - 1) * 86_400_000).toISOString().slice(0, 10)
    for (const { date } of calendar) expect(date >= startDate && date <= last).toBe(true)
    for (const { channel, text, hashtags } of posts) {
      expect(text.length).toBeLessThanOrEqual(POST_CHARACTERS[channel])
      for (const hashtag of hashtags) expect(text).toContain(hashtag)
      if (callToAction) expect(text).toContain(callToAction)
    }
  },
  GENERATE_FUNNEL_CAMPAIGN({ stages, forecast, mails }, { budget, stages: wanted, conversionValue, weeks }) {
    expect(sum(stages.map(({ amount }) => amount))).toBe(budget)
    expect(sum(stages.map(({ share }) => share))).toBeCloseTo(1, 10)
    expect(stages.map(({ stage }) => stage)).toEqual(FUNNEL_STAGES.filter((stage) => wanted.includes(stage)))
    forecast.stages.slice(1).forEach(({ people }, index) => {
      const before = forecast.stages[index]
      expect(people).toBe(Math.round((before?.people ?? 0) * (before?.conversionRate ?? 0)))
    })
    expect(forecast.revenue).toBeCloseTo(forecast.conversions * conversionValue, 1)
    if (forecast.conversions === 0) expect(forecast.costPerConversion).toBeNull()
    else expect(forecast.costPerConversion).toBeCloseTo(budget / forecast.conversions, 1)
    const days = mails.map(({ day }) => day)
    expect(days).toEqual(days.toSorted((one, other) => one - other))
    expect(Math.max(...days)).toBeLessThan(weeks * 7)
  },
  GENERATE_VIRAL_IDEAS({ ideas, angles }, { count, channels, emotions }) {
    expect(ideas).toHaveLength(count)
    areRanked(ideas)
    for (const { channel, emotion } of ideas) {
      expect(channels).toContain(channel)
      expect(angles.map((angle) => angle.emotion)).toContain(emotion)
    }
    if (emotions) expect(angles.map(({ emotion }) => emotion)).toEqual(emotions)
  },
  GENERATE_IDEAS_FROM_PRODUCT({ ideas, benefits }, { features, kinds, count }) {
    expect(benefits.map(({ feature }) => feature)).toEqual(features)
    expect(ideas.length).toBeLessThanOrEqual(count)
    areRanked(ideas)
    for (const { feature, kind } of ideas) {
      expect(features).toContain(feature)
      expect(kinds).toContain(kind)
    }
  },
  GENERATE_TRENDS({ trends, opportunities }, { limit, media }) {
    expect(trends.length).toBeLessThanOrEqual(limit)
    expectDescending(trends.map(({ burstScore }) => burstScore))
    expect(opportunities.map(({ trendKey }) => trendKey)).toEqual(trends.map(({ trendKey }) => trendKey))
    for (const { medium, series } of trends) {
      expect(media).toContain(medium)
      expect(sum(series.map(({ mentions }) => mentions))).toBeGreaterThanOrEqual(3)
    }
  },
  GENERATE_FACEBOOK_TRENDS({ trends, posting }, { surfaces }) {
    expect(posting.map(({ trendKey }) => trendKey)).toEqual(trends.map(({ trendKey }) => trendKey))
    for (const { surface } of trends) expect(surfaces).toContain(surface)
    for (const { hours } of posting) {
      expect(hours.length).toBeGreaterThan(0)
      expectDistinct(hours)
    }
  },
  GENERATE_GLOBAL_TRENDS({ regions, spread, localAngles }, { regions: wanted, limit }) {
    expect(regions.map(({ region }) => region)).toEqual(wanted)
    for (const { trends } of regions) {
      expect(trends.length).toBeLessThanOrEqual(limit)
      expectDescending(trends.map(({ burstScore }) => burstScore))
    }
    for (const { origin, followers } of spread) {
      expect(wanted).toContain(origin)
      const lags = followers.map(({ lagDays }) => lagDays)
      expect(lags).toEqual(lags.toSorted((one, other) => one - other))
    }
    for (const { region } of localAngles) expect(wanted).toContain(region)
  },
}

/** A payload that the generator can handle: a brief that avoids its own topic gets an error, and no ideas. */
function withoutAvoid({ ...payload }: Partial<TaskPayload>): Partial<TaskPayload> {
  if ('avoid' in payload) delete payload.avoid
  return payload
}

const DRAWS = 20

describe.each(BRAND_TASK_TYPES)('The generator of %s', (type) => {
  const definition: TaskDefinition = brandTasks[type]
  const keys = Object.keys(definition.steps)
  const play = (options: object = {}) => runBrandGenerator(type, options)

  it('yields what the catalog promises, for any payload, and the same for the same payload', async () => {
    await fc.assert(
      fc.asyncProperty(drawPayload(type).map(withoutAvoid), async (drawn) => {
        const result = await makeResult(type, drawn)
        expect(definition.result.parse(JSON.parse(JSON.stringify(result)))).toEqual(result)
        expect(await makeResult(type, drawn)).toEqual(result)
        const check = CHECKS[type] as (result: unknown, payload: unknown) => void
        check(result, drawn)
      }),
      { numRuns: DRAWS },
    )
  })

  it('leaves nothing unfilled in its texts', async () => {
    const text = JSON.stringify(await makeResult(type))
    expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object/)
    expect(text).not.toMatch(/lorem|\{\w+\}|\s[.,!?]"|\.\.(?!\.)/i)
  })

  it('runs the steps of the catalog in their order, with progress that rises to the end', async () => {
    const { ran, progress } = await play()
    expect(stepsOf(ran)).toEqual(keys)
    expect(progress).toEqual(progress.toSorted((one, other) => one - other))
    expect(progress.at(-1)).toBe(100)
  })

  it.each(keys)('goes on after a failure in "%s" without repeating what was finished', async (failing) => {
    const { result, attempts, ran } = await play({ failAt: failing })
    expect(result).toEqual(await makeResult(type))
    expect(attempts).toHaveLength(2)
    expect(stepsOf(ran)).toEqual(keys)
    expectDistinct(ran)
  })

  it.each(keys)('stops within "%s" when it is cancelled there', async (step) => {
    const { status, attempts } = await play({ abortAt: step })
    expect(status).toBe('cancelled')
    expect(attempts[0]?.error).toMatchObject({ message: expect.stringMatching(/abort/i) as string })
    expect(stepsOf(attempts[0]?.ran ?? []).at(-1)).toBe(step)
  })

  it('stops waiting when it is cancelled', async () => {
    const controller = new AbortController()
    const patient = generatorOf(type, { paceMs: 60_000_000 })
    const waiting = beforeEachStep(patient, () => queueMicrotask(() => controller.abort()))
    const { attempts } = await runBrandGenerator(type, {
      generate: (context) => waiting({ ...context, signal: controller.signal }),
    })
    expect(attempts[0]?.error).toMatchObject({ message: expect.stringMatching(/abort/i) as string })
  })

  it.each('language' in EXAMPLE_PAYLOADS[type] ? ['pt-BR'] : [])(
    'drafts in English where %s was wanted, and says so',
    async (language) => {
      const result = await makeResult(type, { language })
      expect(result.caveats?.slice(0, 2)).toEqual(['draft', 'english'])
      expect((await makeResult(type)).caveats).not.toContain('english')
    },
  )
})

/** The steps of what ran, each once. Items are called `step: item`. */
function stepsOf(ran: readonly string[]): string[] {
  return [...new Set(ran.map((label) => label.split(': ')[0] ?? ''))]
}

/** Relative luminance by the formula in WCAG 2.2, independent of the library that makes the palette. */
function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The contrast of two colours of six hex digits, 1 to 21. */
function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((left, right) => left - right)
  return (light + 0.05) / (dark + 0.05)
}
