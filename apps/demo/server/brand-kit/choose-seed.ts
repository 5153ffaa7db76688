import type { BrandTrait } from '@brandkit/core'
import { mean } from '../numbers/mean.ts'
import { hashText } from '../words/hash-text.ts'
import { readIndustryHues } from './industry-hues.ts'
import { TRAIT_PROFILES } from './trait-profiles.ts'

export interface Oklch {
  /** 0 to 1. */
  lightness: number
  chroma: number
  /** Degrees, 0 to 360. */
  hue: number
}

/** What the traits count against one word of the industry. */
const TRAIT_WEIGHT = 2
/** How far two brands of the same kind may be apart, in degrees to either side. */
const INDIVIDUALITY = 18

/**
 * The primary colour of a brand that has none: the circular mean of the hues of its traits (weight 2) and of its industry
 * (weight 1), turned up to 18° by the name, so that two brands of a kind differ; chroma and lightness are means.
 */
export function chooseSeed({ brandName, traits, about }: ChooseSeedOptions): Oklch {
  const profiles = traits.map((trait) => TRAIT_PROFILES[trait])
  const hues = [
    ...profiles.map(({ hue }) => ({ hue, weight: TRAIT_WEIGHT })),
    ...readIndustryHues(about).map((hue) => ({ hue, weight: 1 })),
  ]
  const x = hues.reduce((sum, { hue, weight }) => sum + weight * Math.cos(toRadians(hue)), 0)
  const y = hues.reduce((sum, { hue, weight }) => sum + weight * Math.sin(toRadians(hue)), 0)
  const turn = ((hashText(brandName) % 1_000) / 999) * 2 * INDIVIDUALITY - INDIVIDUALITY
  return {
    lightness: mean(profiles.map(({ lightness }) => lightness)),
    chroma: mean(profiles.map(({ chroma }) => chroma)),
    hue: ((Math.atan2(y, x) * 180) / Math.PI + turn + 720) % 360,
  }
}

interface ChooseSeedOptions {
  brandName: string
  /** At least one. */
  traits: readonly BrandTrait[]
  /** Industry and description. */
  about: string
}

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
