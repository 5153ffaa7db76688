import { type BrandTrait, TYPE_LEVELS, type TypeLevel } from '@brandkit/core/brand-tasks'
import { mean } from '../split-by-weight.ts'
import { TRAIT_PROFILES } from './trait-profiles.ts'

export interface TypeScale {
  headingFamily: string
  bodyFamily: string
  ratio: number
  scale: { level: TypeLevel; sizePx: number; lineHeight: number; weight: number }[]
}

/** Musical intervals, as in Robert Bringhurst's and Tim Brown's modular scales: minor third to augmented fourth. */
const INTERVALS = [1.2, 1.25, 1.333, Math.SQRT2] as const
const BODY_PX = 16
const WEIGHTS: Readonly<Record<TypeLevel, number>> = {
  caption: 400,
  body: 400,
  lead: 400,
  title: 600,
  headline: 700,
  display: 700,
}

/**
 * A modular scale: size = 16 px × ratio^n, with body at n = 0. The ratio is the musical interval nearest to the mean of
 * the traits. Line height falls with size, from 1.6 down to 1.1. The first trait chooses the font of headings, the last
 * the font of the body.
 */
export function setTypeScale(traits: readonly [BrandTrait, ...BrandTrait[]]): TypeScale {
  const wanted = mean(traits.map((trait) => TRAIT_PROFILES[trait].typeRatio))
  const [ratio = 1.25] = INTERVALS.toSorted((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted))
  return {
    headingFamily: TRAIT_PROFILES[traits[0]].heading,
    bodyFamily: TRAIT_PROFILES[traits.at(-1) ?? traits[0]].body,
    ratio: Math.round(ratio * 1_000) / 1_000,
    scale: TYPE_LEVELS.map((level, index) => {
      const power = index - TYPE_LEVELS.indexOf('body')
      return {
        level,
        sizePx: Math.round(BODY_PX * ratio ** power * 10) / 10,
        lineHeight: Math.round(Math.max(1.1, 1.55 - 0.1 * power) * 100) / 100,
        weight: WEIGHTS[level],
      }
    }),
  }
}
