import type { MediaChannel, MediaObjective } from '@brandkit/core'

export const MEDIA_CHANNEL_NAMES: Readonly<Record<MediaChannel, string>> = {
  search: 'Search',
  social: 'Social',
  video: 'Video',
  display: 'Display',
  email: 'Email',
  audio: 'Audio',
  'out-of-home': 'Out of home',
  influencer: 'Influencer',
}

export const OBJECTIVE_NAMES: Readonly<Record<MediaObjective, { name: string; hint: string }>> = {
  awareness: { name: 'Awareness', hint: 'Be known' },
  consideration: { name: 'Consideration', hint: 'Be compared' },
  conversion: { name: 'Conversion', hint: 'Be bought' },
  loyalty: { name: 'Loyalty', hint: 'Be chosen again' },
}
