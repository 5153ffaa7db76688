import type { MediaChannel, MediaObjective } from '@brandkit/core/brand-tasks'
import { capitalise } from '../words.ts'
import { AUDIENCE_TRAITS, type AudienceTrait, readTraits } from './audience.ts'

interface ChannelProfile {
  /** Cost of a thousand impressions in euros. */
  cpm: number
  /** The largest share of an audience that the channel can reach. */
  ceiling: number
  /** 0 to 1: the channel's fit for the objective. */
  objectives: Readonly<Record<MediaObjective, number>>
  /** 0 to 1: the channel's share of the audience's time, for traits that differ from an average 0.5. */
  traits: Readonly<Partial<Record<AudienceTrait, number>>>
  /** The weights of the channel's money over the phases of a campaign. */
  phases: Readonly<Record<'launch' | 'sustain' | 'finale', number>>
}

/**
 * Planning assumptions of this demo: plausible averages that make plans comparable, not a price list. A real product would
 * read them from its own media data.
 */
export const CHANNEL_PROFILES: Readonly<Record<MediaChannel, ChannelProfile>> = {
  search: {
    cpm: 24,
    ceiling: 0.55,
    objectives: { awareness: 0.35, consideration: 0.75, conversion: 0.95, loyalty: 0.4 },
    traits: { professionals: 0.75, families: 0.6, older: 0.55, customers: 0.6 },
    phases: { launch: 1, sustain: 1, finale: 1.2 },
  },
  social: {
    cpm: 7.5,
    ceiling: 0.7,
    objectives: { awareness: 0.8, consideration: 0.75, conversion: 0.6, loyalty: 0.65 },
    traits: { young: 0.9, lifestyle: 0.85, families: 0.65, older: 0.35, culture: 0.75 },
    phases: { launch: 1.4, sustain: 1, finale: 1.2 },
  },
  video: {
    cpm: 14,
    ceiling: 0.65,
    objectives: { awareness: 0.95, consideration: 0.7, conversion: 0.4, loyalty: 0.45 },
    traits: { young: 0.85, culture: 0.8, families: 0.65, professionals: 0.45 },
    phases: { launch: 1.8, sustain: 0.8, finale: 1.1 },
  },
  display: {
    cpm: 3.2,
    ceiling: 0.75,
    objectives: { awareness: 0.6, consideration: 0.5, conversion: 0.45, loyalty: 0.35 },
    traits: { professionals: 0.5, commuters: 0.45, young: 0.4 },
    phases: { launch: 1.2, sustain: 1, finale: 1.4 },
  },
  email: {
    cpm: 5,
    ceiling: 0.2,
    objectives: { awareness: 0.2, consideration: 0.6, conversion: 0.8, loyalty: 0.95 },
    traits: { customers: 0.95, professionals: 0.7, older: 0.65, young: 0.3 },
    phases: { launch: 1, sustain: 1, finale: 1.6 },
  },
  audio: {
    cpm: 11,
    ceiling: 0.4,
    objectives: { awareness: 0.7, consideration: 0.5, conversion: 0.3, loyalty: 0.5 },
    traits: { commuters: 0.85, culture: 0.85, young: 0.65 },
    phases: { launch: 1.2, sustain: 1, finale: 1 },
  },
  'out-of-home': {
    cpm: 6,
    ceiling: 0.5,
    objectives: { awareness: 0.9, consideration: 0.35, conversion: 0.2, loyalty: 0.25 },
    traits: { commuters: 0.95, young: 0.55, families: 0.5, professionals: 0.55 },
    // Posters are booked in bursts: they open a campaign and close it.
    phases: { launch: 2, sustain: 0, finale: 1 },
  },
  influencer: {
    cpm: 18,
    ceiling: 0.35,
    objectives: { awareness: 0.75, consideration: 0.8, conversion: 0.55, loyalty: 0.6 },
    traits: { young: 0.95, lifestyle: 0.95, culture: 0.8, families: 0.6, older: 0.2 },
    phases: { launch: 1.6, sustain: 0.9, finale: 0.8 },
  },
}

/**
 * Rough units of a currency for one euro, so that impressions mean the same everywhere. Unknown currencies count as euros.
 */
const UNITS_PER_EURO: Readonly<Record<string, number>> = { EUR: 1, USD: 1.1, GBP: 0.86, CHF: 0.95, SEK: 11.3, JPY: 165 }

export function unitsPerEuro(currency: string): number {
  return Object.hasOwn(UNITS_PER_EURO, currency) ? (UNITS_PER_EURO[currency] ?? 1) : 1
}

/** The channel's price of a thousand impressions in the currency. */
function cpmIn(currency: string, channel: MediaChannel): number {
  return CHANNEL_PROFILES[channel].cpm * unitsPerEuro(currency)
}

const OBJECTIVE_WEIGHT = 0.6
const AUDIENCE_WEIGHT = 0.4
/** The affinity of a channel for an unknown audience. */
const AVERAGE_AFFINITY = 0.5

interface ChannelFit {
  channel: MediaChannel
  /** 0 to 1, two digits. */
  fit: number
  reason: string
}

/** fit = 0.6 × the channel's fit for the objective + 0.4 × the mean of its affinities to the audience's traits. */
export function fitChannel(channel: MediaChannel, objective: MediaObjective, keywords: readonly string[]): ChannelFit {
  const profile = CHANNEL_PROFILES[channel]
  const affinities = readTraits(keywords).map((trait) => ({
    trait,
    affinity: profile.traits[trait] ?? AVERAGE_AFFINITY,
  }))
  const affinity =
    affinities.length === 0
      ? AVERAGE_AFFINITY
      : affinities.reduce((sum, entry) => sum + entry.affinity, 0) / affinities.length
  const forObjective = profile.objectives[objective]
  const fit = Math.round((OBJECTIVE_WEIGHT * forObjective + AUDIENCE_WEIGHT * affinity) * 100) / 100

  const best = affinities.toSorted((one, other) => other.affinity - one.affinity)[0]
  const audience =
    best && best.affinity !== AVERAGE_AFFINITY
      ? `${inWords(best.affinity)} with ${AUDIENCE_TRAITS[best.trait].name}`
      : 'average with this audience'
  return { channel, fit, reason: `${capitalise(inWords(forObjective))} for ${objective}, ${audience}` }
}

function inWords(value: number): string {
  if (value >= 0.85) return 'excellent'
  if (value >= 0.65) return 'strong'
  return value >= 0.45 ? 'fair' : 'weak'
}

interface ChannelReach {
  channel: MediaChannel
  impressions: number
  people: number
  /** Impressions per person reached, one digit. */
  frequency: number
}

/**
 * The effect of the money: impressions = amount ÷ CPM × 1000. People follow the random-duplication curve
 * `N × (1 − e^(−impressions ÷ N))`, with N as the part of the audience that the channel can reach. The curve flattens
 * because an impression often meets a person who has already seen one.
 */
export function estimateReach({ channel, amount, currency, audienceSize }: EstimateReachOptions): ChannelReach {
  const impressions = Math.floor((amount / cpmIn(currency, channel)) * 1_000)
  const reachable = Math.max(1, audienceSize * CHANNEL_PROFILES[channel].ceiling)
  const people = Math.min(impressions, Math.round(reachable * (1 - Math.exp(-impressions / reachable))))
  return { channel, impressions, people, frequency: people === 0 ? 0 : Math.round((impressions / people) * 10) / 10 }
}

interface EstimateReachOptions {
  channel: MediaChannel
  /** In whole units of the currency. */
  amount: number
  currency: string
  audienceSize: number
}
