import type { TaskPayload, TaskResult } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { describeGenerator } from '../testing/describe-generator.ts'
import { makeResult } from '../testing/run-brand-generator.ts'
import { createGlobalTrendsGenerator } from './generate-global-trends.ts'

type Payload = TaskPayload<'GENERATE_GLOBAL_TRENDS'>

const payload: Payload = {
  topic: 'Coffee',
  window: 'month',
  limit: 5,
  language: 'en',
  regions: ['DE', 'US', 'GB', 'FR'],
}
const run = async (changes: Partial<Payload> = {}) =>
  await makeResult('GENERATE_GLOBAL_TRENDS', createGlobalTrendsGenerator({ paceMs: 0 }), { ...payload, ...changes })

function isConsistent({ regions, spread, localAngles }: TaskResult<'GENERATE_GLOBAL_TRENDS'>, drawn: Payload): void {
  expect(regions.map(({ region }) => region)).toEqual(drawn.regions)
  for (const { trends } of regions) {
    expect(trends.length).toBeLessThanOrEqual(drawn.limit)
    const scores = trends.map(({ burstScore }) => burstScore)
    expect(scores).toEqual(scores.toSorted((one, other) => other - one))
  }
  for (const { origin, followers } of spread) {
    expect(drawn.regions).toContain(origin)
    const lags = followers.map(({ lagDays }) => lagDays)
    expect(lags).toEqual(lags.toSorted((one, other) => one - other))
  }
  for (const { region } of localAngles) expect(drawn.regions).toContain(region)
}

describeGenerator('GENERATE_GLOBAL_TRENDS', { create: createGlobalTrendsGenerator, payload, check: isConsistent })

describe('Global trends', () => {
  it('see cascara begin in the United States and cross the sea', async () => {
    const { spread } = await run()
    const cascara = spread.find(({ trendKey }) => trendKey === 'cascara')
    expect(cascara?.origin).toBe('US')
    expect(cascara?.followers.map(({ region }) => region)).toEqual(['GB', 'DE', 'FR'])
  })

  it('say something else in each region', async () => {
    const { localAngles } = await run()
    const angles = localAngles.filter(({ trendKey }) => trendKey === 'cascara').map(({ angle }) => angle)
    expect(new Set(angles).size).toBe(4)
    expect(angles.find((angle) => angle.includes('began here'))).toContain('United States')
  })

  it('count each region by itself', async () => {
    const { regions } = await run({ topic: 'padel', regions: ['ES', 'SE'] })
    expect(regions[0]?.trends.length).toBeGreaterThan(0)
    expect(regions[1]).toEqual({ region: 'SE', trends: [] })
  })
})
