import { readAges } from '../brief.ts'

const SMALLEST_AUDIENCE = 5_000
/** Each unknown word narrows the audience by this factor. */
const NARROWING = 0.95
/**
 * Each trait after the narrowest narrows the audience by this factor. Traits overlap, so their shares are not multiplied.
 */
const OVERLAP = 0.8
const ADULT_AGES = { from: 16, to: 80 }

/** The traits that the keywords mention. */
export function readTraits(keywords: readonly string[]): AudienceTrait[] {
  const traits = Object.keys(AUDIENCE_TRAITS) as AudienceTrait[]
  return traits.filter((trait) => {
    const words = wordsOf(trait)
    return keywords.some((keyword) => words.includes(keyword))
  })
}

function wordsOf(trait: AudienceTrait): string[] {
  return AUDIENCE_TRAITS[trait].words.split(' ')
}

/**
 * The estimated size of the audience: the largest named place (or else a market of ten million), multiplied by:
 *
 * - the share of the narrowest trait, and 0.8 for each further trait
 * - the share of the ages, if a range such as "25-40" is given
 * - 0.95 for each unknown word
 */
export function estimateSize(description: string, keywords: readonly string[]): number {
  const places = keywords.flatMap((keyword) => (Object.hasOwn(PLACES, keyword) ? [PLACES[keyword] ?? 0] : []))
  const market = places.length > 0 ? Math.max(...places) : UNNAMED_MARKET
  const traits = readTraits(keywords)
  const known = new Set<string>([...Object.keys(PLACES), ...traits.flatMap(wordsOf)])
  const unknownWords = keywords.filter((keyword) => !known.has(keyword)).length

  const narrowest = Math.min(1, ...traits.map((trait) => AUDIENCE_TRAITS[trait].share))
  const traitShare = narrowest * OVERLAP ** Math.max(0, traits.length - 1)
  const people = market * traitShare * shareOfAges(description) * NARROWING ** unknownWords
  return Math.min(market, Math.max(SMALLEST_AUDIENCE, roundToTwoDigits(people)))
}

/** The share of adults within the named range of ages; 1 without a range, because a single age says too little. */
function shareOfAges(description: string): number {
  const range = readAges(description)
  if (!range || range.from === range.to) return 1
  const from = Math.max(ADULT_AGES.from, range.from)
  const to = Math.min(ADULT_AGES.to, range.to)
  return to < from ? 1 : (to - from + 1) / (ADULT_AGES.to - ADULT_AGES.from + 1)
}

function roundToTwoDigits(value: number): number {
  if (value < 100) return Math.round(value)
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Math.round(value / unit) * unit
}

/** Traits that an audience's description can name, with their share of adults online. */
export const AUDIENCE_TRAITS = {
  young: {
    name: 'younger people',
    share: 0.28,
    words:
      'young gen genz teens teenagers students student millennials twenties junge studierende studenten étudiants estudiantes الشباب الطلاب',
  },
  older: {
    name: 'older people',
    share: 0.3,
    words:
      'older seniors retired retirees pensioners grandparents sixties rentner rentnerinnen senioren retraités jubilados المتقاعدون المتقاعدين',
  },
  families: {
    name: 'families',
    share: 0.32,
    words:
      'families family parents mothers fathers moms dads toddlers kids children eltern mütter väter familien familles padres familias الآباء الأمهات العائلات',
  },
  professionals: {
    name: 'professionals',
    share: 0.35,
    words: 'professionals berufstätige managers founders engineers developers business buyers executives b2b teams',
  },
  commuters: {
    name: 'people on the move',
    share: 0.4,
    words: 'commuters urban city cities commuting cyclists drivers travellers travelers',
  },
  culture: {
    name: 'lovers of culture',
    share: 0.3,
    words: 'music podcast podcasts film gaming gamers art design books readers',
  },
  lifestyle: {
    name: 'people who care about lifestyle',
    share: 0.34,
    words: 'fashion beauty fitness runners food cooking coffee travel home outdoor sport yoga',
  },
  customers: {
    name: 'existing customers',
    share: 0.12,
    words: 'customers subscribers members loyal returning existing',
  },
} as const satisfies Record<string, { name: string; share: number; words: string }>

export type AudienceTrait = keyof typeof AUDIENCE_TRAITS

/** Adults online by place, rounded. Other places count as an unnamed market. */
const PLACES: Readonly<Record<string, number>> = {
  europe: 380_000_000,
  germany: 62_000_000,
  france: 50_000_000,
  spain: 37_000_000,
  italy: 44_000_000,
  uk: 52_000_000,
  britain: 52_000_000,
  usa: 245_000_000,
  netherlands: 14_000_000,
  sweden: 8_200_000,
  austria: 7_000_000,
  switzerland: 6_900_000,
  japan: 92_000_000,
  berlin: 2_900_000,
  hamburg: 1_500_000,
  munich: 1_250_000,
  london: 7_200_000,
  paris: 8_500_000,
  madrid: 5_300_000,
  amsterdam: 780_000,
  vienna: 1_600_000,
  zurich: 370_000,
}

const UNNAMED_MARKET = 10_000_000
