import type { TaskPayload } from '@brandkit/core'
import { FUNNEL_KPIS, FUNNEL_STAGES, type FunnelGoal, type FunnelStage } from '@brandkit/core/brand-tasks'
import { unitsPerEuro } from './channels.ts'
import { estimateSize } from './audience.ts'
import { splitByWeight } from './split-by-weight.ts'
import { readKeywords } from '../words.ts'

interface StageNumbers {
  /** The weights of the budget, by goal. */
  weight: Readonly<Record<FunnelGoal, number>>
  /** The share of this stage's people who go on when the stage has an average budget. */
  rate: Readonly<Record<FunnelGoal, number>>
  /** The cost of reaching one person of this stage, in euros. The first stage buys its people at this price. */
  pricePerPerson: number
}

/** Planning assumptions of this demo: orders of magnitude that make campaigns comparable, not benchmarks. */
const STAGE_NUMBERS: Readonly<Record<FunnelStage, StageNumbers>> = {
  awareness: {
    weight: { leads: 0.3, sales: 0.32, 'sign-ups': 0.34, bookings: 0.28 },
    rate: { leads: 0.05, sales: 0.04, 'sign-ups': 0.06, bookings: 0.05 },
    pricePerPerson: 0.022,
  },
  consideration: {
    weight: { leads: 0.26, sales: 0.24, 'sign-ups': 0.24, bookings: 0.26 },
    rate: { leads: 0.22, sales: 0.12, 'sign-ups': 0.2, bookings: 0.16 },
    pricePerPerson: 0.55,
  },
  conversion: {
    weight: { leads: 0.3, sales: 0.28, 'sign-ups': 0.26, bookings: 0.3 },
    rate: { leads: 0.18, sales: 0.08, 'sign-ups': 0.25, bookings: 0.12 },
    pricePerPerson: 2.4,
  },
  loyalty: {
    weight: { leads: 0.08, sales: 0.1, 'sign-ups': 0.1, bookings: 0.1 },
    rate: { leads: 0.3, sales: 0.28, 'sign-ups': 0.35, bookings: 0.25 },
    pricePerPerson: 1.1,
  },
  advocacy: {
    weight: { leads: 0.06, sales: 0.06, 'sign-ups': 0.06, bookings: 0.06 },
    rate: { leads: 0.12, sales: 0.1, 'sign-ups': 0.14, bookings: 0.12 },
    pricePerPerson: 0.8,
  },
}

interface StageBudget {
  stage: FunnelStage
  /** 0 to 1; all stages add up to 1. */
  share: number
  /** All stages add up to the budget. */
  amount: number
}

/**
 * The chosen stages from the widest to the narrowest, with the budget split by the goal's weights (largest remainder
 * method).
 */
export function splitBudget({ stages, budget, goal }: TaskPayload<'GENERATE_FUNNEL_CAMPAIGN'>): StageBudget[] {
  const chosen = FUNNEL_STAGES.filter((stage) => stages.includes(stage))
  const amounts = splitByWeight(
    budget,
    chosen.map((stage) => STAGE_NUMBERS[stage].weight[goal]),
  )
  return chosen.map((stage, index) => ({ stage, share: (amounts[index] ?? 0) / budget, amount: amounts[index] ?? 0 }))
}

interface Forecast {
  stages: { stage: FunnelStage; people: number; conversionRate: number; kpi: string; target: number }[]
  conversions: number
  costPerConversion: number | null
  revenue: number
}

/** The highest rate of people who go on, with any budget. */
const BEST_RATE = 0.6
/** How often a person of the first stage sees the campaign. */
const FREQUENCY = 3.2

/**
 * The forecast of a funnel. People of the first stage: `N × (1 − e^(−amount ÷ price ÷ N))`, the reach of the money in an
 * audience of N, with repeated contacts. Each stage passes on `people × rate`. The rate is the stage's average times
 * `0.6 + 0.8 × (1 − e^(−s))`, with s as the money per person over its usual cost, so more money helps less and less.
 * Successes are the people who pass the conversion stage, or the last stage of a funnel without one.
 */
export function forecastFunnel(
  stages: readonly Pick<StageBudget, 'stage' | 'amount'>[],
  payload: ForecastOptions,
): Forecast {
  const { audience, budget, conversionValue, currency, goal } = payload
  const perEuro = unitsPerEuro(currency)
  const size = estimateSize(audience, readKeywords(audience))
  let people = 0
  const rows = stages.map(({ stage, amount }, index) => {
    const { pricePerPerson, rate } = STAGE_NUMBERS[stage]
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

/** The target of the stage's KPI: views, visits, or people who pass. */
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
