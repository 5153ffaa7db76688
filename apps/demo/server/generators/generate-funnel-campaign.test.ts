import type { TaskPayload, TaskResult } from '@brandkit/core'
import { FUNNEL_STAGES } from '@brandkit/core/brand-tasks'
import { describe, expect, it } from 'vitest'
import { describeGenerator } from '../testing/describe-generator.ts'
import { makeResult } from '../testing/run-brand-generator.ts'
import { createFunnelCampaignGenerator } from './generate-funnel-campaign.ts'

type Payload = TaskPayload<'GENERATE_FUNNEL_CAMPAIGN'>

const payload: Payload = {
  campaignName: 'Light without glare',
  offer: 'Warm lamps that dim by themselves, with a battery for 40 hours. Free repair for life.',
  audience: 'Families in Germany who camp at weekends and are annoyed by harsh lamps next door',
  goal: 'sales',
  stages: [...FUNNEL_STAGES],
  budget: 40_001,
  currency: 'EUR',
  conversionValue: 89,
  startDate: '2027-03-01',
  weeks: 8,
  language: 'en',
}
const generate = createFunnelCampaignGenerator({ paceMs: 0 })
const run = async (changes: Partial<Payload> = {}) =>
  await makeResult('GENERATE_FUNNEL_CAMPAIGN', generate, { ...payload, ...changes })
const conversionsOf = async (budget: number) => (await run({ budget })).forecast.conversions
const sum = (amounts: number[]) => amounts.reduce((left, right) => left + right, 0)

function addsUp({ stages, forecast, mails }: TaskResult<'GENERATE_FUNNEL_CAMPAIGN'>, drawn: Payload): void {
  expect(sum(stages.map(({ amount }) => amount))).toBe(drawn.budget)
  expect(sum(stages.map(({ share }) => share))).toBeCloseTo(1, 10)
  expect(stages.map(({ stage }) => stage)).toEqual(FUNNEL_STAGES.filter((stage) => drawn.stages.includes(stage)))

  forecast.stages.slice(1).forEach(({ people }, index) => {
    const before = forecast.stages[index]
    expect(people).toBe(Math.round((before?.people ?? 0) * (before?.conversionRate ?? 0)))
  })
  expect(forecast.revenue).toBeCloseTo(forecast.conversions * drawn.conversionValue, 1)
  if (forecast.conversions === 0) expect(forecast.costPerConversion).toBeNull()
  else expect(forecast.costPerConversion).toBeCloseTo(drawn.budget / forecast.conversions, 1)

  const days = mails.map(({ day }) => day)
  expect(days).toEqual(days.toSorted((one, other) => one - other))
  expect(Math.max(...days)).toBeLessThan(drawn.weeks * 7)
}

describeGenerator('GENERATE_FUNNEL_CAMPAIGN', { create: createFunnelCampaignGenerator, payload, check: addsUp })

describe('A funnel campaign', () => {
  it('wins more with more money, and each further euro wins less', async () => {
    const [small, double, huge] = [
      await conversionsOf(20_000),
      await conversionsOf(40_000),
      await conversionsOf(4_000_000),
    ]
    expect(double).toBeGreaterThan(small)
    expect(huge).toBeLessThan(double * 100)
  })

  it('counts the same in any currency', async () => {
    const [euro, yen] = [await run({ budget: 40_000 }), await run({ budget: 40_000 * 165, currency: 'JPY' })]
    expect(yen.forecast.conversions / euro.forecast.conversions).toBeCloseTo(1, 1)
  })

  it('says what the offer says, and speaks of what the audience minds', async () => {
    const { stages, mails, assets } = await run()
    expect(stages[0]?.message).toBe('Open with “are annoyed by harsh lamps next door”. Say “a battery for 40 hours”.')
    expect(mails.some(({ text }) => text.includes('Free repair for life'))).toBe(true)
    expect(assets.some(({ brief }) => brief.includes('“a battery for 40 hours”'))).toBe(true)
  })

  it('plans only for the stages that are asked for', async () => {
    const { assets, mails } = await run({ stages: ['loyalty', 'consideration'] })
    expect([...new Set(assets.map(({ stage }) => stage))]).toEqual(['consideration', 'loyalty'])
    expect(mails[0]).toMatchObject({ stage: 'consideration', day: 0 })
  })
})
