import type { TaskPayload } from '@brandkit/core'
import { FUNNEL_KPIS, type FunnelStage } from '@brandkit/core/brand-tasks'
import { unitsPerEuro } from '../media-plan/channel-profiles.ts'
import { estimateSize } from '../media-plan/read-audience.ts'
import { readKeywords } from '../words.ts'
import type { Stage } from './shape-stages.ts'
import { STAGE_PROFILES } from './stage-profiles.ts'

export interface Forecast {
  stages: { stage: FunnelStage; people: number; conversionRate: number; kpi: string; target: number }[]
  conversions: number
  costPerConversion: number | null
  revenue: number
}

/** Nobody goes on more often than this, whatever is spent on them. */
const BEST_RATE = 0.6
/** How often somebody of the first stage sees the campaign. */
const FREQUENCY = 3.2

/**
 * People of the first stage: `N × (1 − e^(−amount ÷ price ÷ N))`, what the money buys from an audience of N without meeting the
 * same ones for free. Of each stage `people × rate` go on; the rate is the stage's average times `0.6 + 0.8 × (1 − e^(−s))`, where
 * s is what is spent a head over what a head usually costs: more money helps, but less and less. Successes are those who pass the
 * conversion stage, or the last one where there is none.
 */
export function forecastFunnel(stages: readonly Stage[], payload: ForecastOptions): Forecast {
  const { audience, budget, conversionValue, currency, goal } = payload
  const perEuro = unitsPerEuro(currency)
  const size = estimateSize(audience, readKeywords(audience))
  let people = 0
  const rows = stages.map(({ stage, amount }, index) => {
    const { pricePerPerson, rate } = STAGE_PROFILES[stage]
    const euros = amount / perEuro
    if (index === 0) people = Math.round(size * (1 - Math.exp(-euros / pricePerPerson / size)))
    const spend = people === 0 ? 0 : euros / people / pricePerPerson
    const conversionRate = Math.min(BEST_RATE, round(rate[goal] * (0.6 + 0.8 * (1 - Math.exp(-spend))), 4))
    const row = { stage, people, conversionRate, kpi: FUNNEL_KPIS[stage] }
    people = Math.round(people * conversionRate)
    return { ...row, target: targetOf(stage, { arrived: row.people, passed: people }) }
  })
  const winning = rows.find(({ stage }) => stage === 'conversion') ?? rows.at(-1)
  const conversions = winning ? Math.round(winning.people * winning.conversionRate) : 0
  return {
    stages: rows,
    conversions,
    costPerConversion: conversions === 0 ? null : round(budget / conversions, 2),
    revenue: round(conversions * conversionValue, 2),
  }
}

/** What the stage's KPI should reach: views, visits, or people who pass. */
function targetOf(stage: FunnelStage, { arrived, passed }: { arrived: number; passed: number }): number {
  if (stage === 'awareness') return Math.round(arrived * FREQUENCY)
  return stage === 'consideration' ? arrived : passed
}

type ForecastOptions = Pick<
  TaskPayload<'GENERATE_FUNNEL_CAMPAIGN'>,
  'audience' | 'budget' | 'conversionValue' | 'currency' | 'goal'
>

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
