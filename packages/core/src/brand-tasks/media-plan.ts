/** Where a media plan may spend. */
export const MEDIA_CHANNELS = [
  'search',
  'social',
  'video',
  'display',
  'email',
  'audio',
  'out-of-home',
  'influencer',
] as const
export type MediaChannel = (typeof MEDIA_CHANNELS)[number]

export const MEDIA_OBJECTIVES = ['awareness', 'consideration', 'conversion', 'loyalty'] as const
export type MediaObjective = (typeof MEDIA_OBJECTIVES)[number]
