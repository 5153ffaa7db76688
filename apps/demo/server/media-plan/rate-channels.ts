import type { MediaChannel, MediaObjective } from '@brandkit/core/brand-tasks'
import { CHANNEL_PROFILES, cpmIn } from './channel-profiles.ts'
import { AUDIENCE_TRAITS, readTraits } from './read-audience.ts'

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
  return { channel, fit, reason: `${inWords(forObjective)} for ${objective}, ${audience}` }
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
