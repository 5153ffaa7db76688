import type { TrendDirection } from '@brandkit/core/brand-tasks'
import { mean } from '../numbers/split-by-weight.ts'

export interface Burst {
  burstScore: number
  growth: number | null
  direction: TrendDirection
}

/** From here on the latest value is more than chance, or the last third is more than the first. */
const SURE = 2

/**
 * How suddenly something grew. The base line is everything before the latest value. The score is its z-score,
 * `(latest − mean) ÷ deviation`, where the deviation is that of the base line, but at least what counting by chance would give, the
 * square root of the mean (Poisson), and at least one mention: three mentions after silence are a score of 3, one is a 1. So a term
 * that is mentioned once a day does not burst by being mentioned twice. (The Poisson model for trends in counted talk: Hendrickson,
 * Kolb, Lehman and Montague, "Trend Detection in Social Data", 2015; for states of bursts see Kleinberg, "Bursty and Hierarchical
 * Structure in Streams", 2002.)
 *
 * Rising is a score of 2 or more, or a last third that is 2 deviations above the first, `(late − early) ÷ √(late + early)`; falling the
 * opposite.
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
