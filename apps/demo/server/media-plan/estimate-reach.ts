import type { MediaChannel } from '@brandkit/core'
import { CHANNEL_PROFILES, cpmIn } from './channel-profiles.ts'

export interface ChannelReach {
  channel: MediaChannel
  impressions: number
  people: number
  /** Impressions a person reached, one digit. */
  frequency: number
}

/**
 * What the money buys: impressions = amount ÷ CPM × 1000. People by the random-duplication curve
 * `N × (1 − e^(−impressions ÷ N))`, where N is the part of the audience that the channel can reach: the next
 * impression often meets somebody who has seen one already.
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
