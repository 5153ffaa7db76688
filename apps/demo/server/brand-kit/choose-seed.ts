import type { BrandTrait } from '@brandkit/core/brand-tasks'
import { mean } from '../split-by-weight.ts'
import { hashText } from '../words.ts'
import { TRAIT_PROFILES } from './trait-profiles.ts'

export interface Oklch {
  /** 0 to 1. */
  lightness: number
  chroma: number
  /** Degrees, 0 to 360. */
  hue: number
}

/** The weight of a trait; a word of the industry has weight 1. */
const TRAIT_WEIGHT = 2
/** The largest turn of the hue by the brand's name, in degrees to either side. */
const INDIVIDUALITY = 18

/**
 * The primary colour of a brand without one. The hue is the circular mean of the hues of its traits (weight 2) and of its
 * industry (weight 1). The name turns the hue by up to 18°, so that similar brands differ. Chroma and lightness are means.
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
  /** Industry and description of the brand. */
  about: string
}

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180
}

/** Hues that customers of an industry know, in degrees of OKLCH, by words. Assumptions of this demo. */
const INDUSTRY_HUES: readonly { hue: number; words: RegExp }[] = [
  {
    hue: 145,
    words: /\b(eco|sustainab\w*|garden\w*|plants?|organic|natur\w*|outdoors?|camp\w*|forest\w*|vegan|recycl\w*)\b/i,
  },
  { hue: 250, words: /\b(bank\w*|financ\w*|insur\w*|legal|law|consult\w*|software|saas|data|cloud|security|b2b)\b/i },
  { hue: 200, words: /\b(health\w*|medic\w*|clinic\w*|dental|pharma\w*|water|swim\w*|clean\w*|travel\w*)\b/i },
  {
    hue: 50,
    words: /\b(food|restaurants?|baker\w*|coffee|cafe|roast\w*|kitchen\w*|cook\w*|bread|spices?|craft\w*)\b/i,
  },
  { hue: 15, words: /\b(sports?|fitness|motor\w*|cars?|gaming|games?|entertain\w*|music|media)\b/i },
  { hue: 350, words: /\b(beauty|cosmetic\w*|fashion|jewel\w*|wedding\w*|skin\w*|toys?|kids|children)\b/i },
  { hue: 85, words: /\b(energy|solar|light\w*|lamps?|electric\w*|logistic\w*|construct\w*|tools?)\b/i },
]

/** The hues that the words of a description suggest; empty for unknown words. */
function readIndustryHues(text: string): number[] {
  return INDUSTRY_HUES.filter(({ words }) => words.test(text)).map(({ hue }) => hue)
}
