import { readKeywords } from '../words/read-keywords.ts'
import { AUDIENCE_TRAITS, type AudienceTrait, PLACES, UNNAMED_MARKET } from './audience-traits.ts'

export interface Audience {
  /** What the description is about, in its order, at most twelve words. */
  keywords: string[]
  /** Estimated people, rounded to two digits. */
  size: number
}

const SMALLEST_AUDIENCE = 5_000
/** How much each word that we cannot place narrows the audience. */
const NARROWING = 0.95
/** How much each trait after the narrowest narrows it: traits overlap, so their shares must not simply be multiplied. */
const OVERLAP = 0.8
const ADULT_AGES = { from: 16, to: 80 }

/** The traits that the keywords mention. */
export function readTraits(keywords: readonly string[]): AudienceTrait[] {
  const traits = Object.keys(AUDIENCE_TRAITS) as AudienceTrait[]
  return traits.filter((trait) => {
    const words: readonly string[] = AUDIENCE_TRAITS[trait].words
    return keywords.some((keyword) => words.includes(keyword))
  })
}

/**
 * How many people that is: the largest place that is named (else a market of ten million), times the share of the narrowest trait and
 * 0.8 for each other one, times the share of the ages when a range such as "25-40" is given, times 0.95 for each word
 * that means nothing to us.
 */
export function estimateSize(description: string, keywords: readonly string[]): number {
  const places = keywords.flatMap((keyword) => (Object.hasOwn(PLACES, keyword) ? [PLACES[keyword] ?? 0] : []))
  const market = places.length > 0 ? Math.max(...places) : UNNAMED_MARKET
  const traits = readTraits(keywords)
  const known = new Set<string>([...Object.keys(PLACES), ...traits.flatMap((trait) => AUDIENCE_TRAITS[trait].words)])
  const unknownWords = keywords.filter((keyword) => !known.has(keyword)).length

  const narrowest = Math.min(1, ...traits.map((trait) => AUDIENCE_TRAITS[trait].share))
  const traitShare = narrowest * OVERLAP ** Math.max(0, traits.length - 1)
  const people = market * traitShare * shareOfAges(description) * NARROWING ** unknownWords
  return Math.min(market, Math.max(SMALLEST_AUDIENCE, roundToTwoDigits(people)))
}

/** Keywords and size of the audience that a sentence describes. */
export function readAudience(description: string): Audience {
  const keywords = readKeywords(description)
  return { keywords, size: estimateSize(description, keywords) }
}

/** The share of adults whose age lies in the range that is mentioned, 1 when none is. */
function shareOfAges(description: string): number {
  const range = /\b(\d{2})\s*(?:-|–|to|and)\s*(\d{2})\b/.exec(description)
  if (!range) return 1
  const from = Math.max(ADULT_AGES.from, Math.min(Number(range[1]), Number(range[2])))
  const to = Math.min(ADULT_AGES.to, Math.max(Number(range[1]), Number(range[2])))
  return to < from ? 1 : (to - from + 1) / (ADULT_AGES.to - ADULT_AGES.from + 1)
}

function roundToTwoDigits(value: number): number {
  if (value < 100) return Math.round(value)
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Math.round(value / unit) * unit
}
