import { brandTasks, type TaskPayload, type TaskResult } from '@brandkit/core'
import { MEDIA_CHANNELS } from '@brandkit/core/brand-tasks'
import { describe, expect, it } from 'vitest'
import { describeGenerator } from '../testing/describe-generator.ts'
import { makeResult, runBrandGenerator } from '../testing/run-brand-generator.ts'
import { withSimulatedFaults } from './before-each-step.ts'
import { createMediaPlanGenerator } from './generate-media-plan.ts'

const payload: TaskPayload<'GENERATE_MEDIA_PLAN'> = {
  campaignName: 'Spring sale',
  objective: 'awareness',
  budget: 25_001,
  currency: 'EUR',
  startDate: '2027-03-01',
  weeks: 8,
  channels: ['search', 'social', 'video', 'out-of-home'],
  audience: 'Young commuters in Berlin aged 20-35 who like coffee',
}
const sum = (amounts: number[]) => amounts.reduce((left, right) => left + right, 0)
const generate = createMediaPlanGenerator({ paceMs: 0 })
const run = (changes: Partial<typeof payload> = {}) =>
  makeResult('GENERATE_MEDIA_PLAN', generate, { ...payload, ...changes })

const best = async (changes: Partial<typeof payload>) =>
  (await run({ channels: [...MEDIA_CHANNELS], ...changes })).channels[0]?.channel

function addsUp({ budget, calendar }: TaskResult<'GENERATE_MEDIA_PLAN'>, { budget: total }: { budget: number }): void {
  expect(sum(budget.map(({ amount }) => amount))).toBe(total)
  expect(sum(calendar.flatMap(({ placements }) => placements.map(({ amount }) => amount)))).toBe(total)
}

describeGenerator('GENERATE_MEDIA_PLAN', {
  create: createMediaPlanGenerator,
  payload,
  check: addsUp,
})

describe('A media plan', () => {
  it('yields what the catalog promises, for every size of campaign', async () => {
    const { result } = brandTasks.GENERATE_MEDIA_PLAN
    for (const weeks of [1, 2, 3, 13, 52]) {
      for (const budget of [100, 101, 9_999, 100_000_000]) {
        const plan = await run({ weeks, budget, channels: [...MEDIA_CHANNELS] })
        expect(result.parse(plan)).toEqual(plan)
        expect(sum(plan.budget.map(({ amount }) => amount))).toBe(budget)
        expect(sum(plan.calendar.flatMap(({ placements }) => placements.map(({ amount }) => amount)))).toBe(budget)
        expect(sum(plan.budget.map(({ share }) => share))).toBeCloseTo(1, 10)
      }
    }
  })

  it('spends each channel over the weeks exactly as the split says', async () => {
    const plan = await run()
    for (const { channel, amount } of plan.budget) {
      const placed = plan.calendar.flatMap(({ placements }) =>
        placements.filter((placement) => placement.channel === channel),
      )
      expect(sum(placed.map((placement) => placement.amount))).toBe(amount)
    }
  })

  it('favours what fits objective and audience', async () => {
    expect(await best({ objective: 'conversion', audience: 'Business buyers' })).toBe('search')
    expect(await best({ objective: 'loyalty', audience: 'Existing customers' })).toBe('email')
    expect(await best({ objective: 'awareness', audience: 'Commuters in Hamburg' })).toBe('out-of-home')
  })

  it('counts weeks across a month and a leap day', async () => {
    const { calendar } = await run({ startDate: '2028-02-24', weeks: 2 })
    expect(calendar.map(({ startDate, phase }) => [startDate, phase])).toEqual([
      ['2028-02-24', 'launch'],
      ['2028-03-02', 'finale'],
    ])
  })

  it('reaches no more people than there are impressions, or than the audience has', async () => {
    const { reach } = await run({ budget: 90_000_000 })
    for (const { people, impressions, frequency } of reach) {
      expect(people).toBeLessThanOrEqual(impressions)
      expect(frequency).toBeGreaterThanOrEqual(1)
    }
  })

  it('copes with an audience in which no word means anything to it', async () => {
    expect((await run({ audience: '!!!' })).channels).toHaveLength(4)
  })
})

describe('withSimulatedFaults', () => {
  const faulty = withSimulatedFaults(generate)
  const play = (notes: string) => runBrandGenerator('GENERATE_MEDIA_PLAN', faulty, { payload: { ...payload, notes } })

  it('fails the first attempt only', async () => {
    const { attempts, result } = await play('Please simulate: fail once')
    expect(attempts).toMatchObject([{ error: { retryable: true } }, { ran: ['budget', 'reach', 'calendar'] }])
    expect(result).toMatchObject({ campaignName: 'Spring sale' })
  })

  it('fails for good when asked to', async () => {
    const { status, attempts } = await play('simulate: fail')
    expect(status).toBe('failed')
    expect(attempts).toMatchObject([{ error: { retryable: false } }])
  })

  it('leaves other notes alone', async () => {
    const { status, attempts } = await play('We must not fail once more')
    expect([status, attempts.length]).toEqual(['completed', 1])
  })
})
