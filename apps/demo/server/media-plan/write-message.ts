import type { MediaChannel, MediaObjective } from '@brandkit/core'
import type { CampaignPhase } from './campaign-phase.ts'

const OPENERS: Readonly<Record<CampaignPhase, Readonly<Record<MediaObjective, string>>>> = {
  launch: {
    awareness: 'Meet {campaign}',
    consideration: 'Why {campaign}, and why now',
    conversion: '{campaign} is here: be among the first',
    loyalty: '{campaign}: you hear it first',
  },
  sustain: {
    awareness: 'The story behind {campaign}',
    consideration: 'Three good reasons for {campaign}',
    conversion: 'Try {campaign} today',
    loyalty: 'More of what you like: {campaign}',
  },
  finale: {
    awareness: 'What {campaign} started',
    consideration: 'Still thinking about {campaign}?',
    conversion: 'Last days of {campaign}',
    loyalty: 'Thank you: a little extra from {campaign}',
  },
}

const FORMATS: Readonly<Record<MediaChannel, string>> = {
  search: 'text ad',
  social: 'carousel',
  video: '15-second spot',
  display: 'banner',
  email: 'newsletter',
  audio: '20-second spot',
  'out-of-home': 'poster',
  influencer: 'creator post',
}

/** One line that a copywriter can start from. */
export function writeMessage({ campaignName, objective, keywords, channel, phase }: WriteMessageOptions): string {
  const opener = OPENERS[phase][objective].replace('{campaign}', () => campaignName)
  const audience = keywords.slice(0, 2).join(' ')
  return `${opener} (${FORMATS[channel]}${audience ? `, for ${audience}` : ''})`
}

interface WriteMessageOptions {
  campaignName: string
  objective: MediaObjective
  keywords: readonly string[]
  channel: MediaChannel
  phase: CampaignPhase
}
