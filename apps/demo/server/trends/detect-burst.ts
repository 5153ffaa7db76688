import type { TrendDirection } from '@brandkit/core/brand-tasks'
import { mean } from '../split-by-weight.ts'

export interface Burst {
  burstScore: number
  growth: number | null
  direction: TrendDirection
}

/** From this score on, the latest value is more than chance. The same limit compares the last third with the first. */
const SURE = 2

/**
 * Measures sudden growth. The base line is every value before the latest. The score is its z-score,
 * `(latest − mean) ÷ deviation`. The deviation is that of the base line, but at least the square root of the mean
 * (Poisson: the chance error of counting), and at least one mention. So three mentions after silence score 3, one mention
 * scores 1, and a daily mention that doubles is no burst. (The Poisson model for trends in counted talk: Hendrickson,
 * Kolb, Lehman and Montague, "Trend Detection in Social Data", 2015; for states of bursts see Kleinberg, "Bursty and
 * Hierarchical Structure in Streams", 2002.)
 *
 * A trend rises with a score of 2 or more, or when its last third is 2 deviations above the first,
 * `(late − early) ÷ √(late + early)`. It falls in the opposite case.
 *
 * @param values mentions, oldest first; at least two
 */
export function detectBurst(values: readonly number[]): Burst {
  const latest = values.at(-1) ?? 0
  const base = values.slice(0, -1)
  const level = base.length === 0 ? 0 : mean(base)
  const variance =
    base.length < 2 ? 0 : base.reduce((total, value) => total + (value - level) ** 2, 0) / (base.length - 1)
  const deviation = Math.sqrt(Math.max(variance, level, 1))
  const burstScore = Math.round(((latest - level) / deviation) * 100) / 100

  const [first = 0] = values
  return {
    burstScore,
    growth: first === 0 ? null : Math.round((latest / first - 1) * 100) / 100,
    direction: directionOf(values, burstScore),
  }
}

function directionOf(values: readonly number[], burstScore: number): TrendDirection {
  const third = Math.max(1, Math.floor(values.length / 3))
  const early = sum(values.slice(0, third))
  const late = sum(values.slice(-third))
  const change = early + late === 0 ? 0 : (late - early) / Math.sqrt(early + late)
  if (burstScore >= SURE || change >= SURE) return 'rising'
  return burstScore <= -SURE || change <= -SURE ? 'falling' : 'steady'
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
