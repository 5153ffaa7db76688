/** Networks that a post is written for. */
export const SOCIAL_CHANNELS = [
  'instagram',
  'facebook',
  'linkedin',
  'x',
  'tiktok',
  'youtube',
  'pinterest',
  'threads',
] as const
export type SocialChannel = (typeof SOCIAL_CHANNELS)[number]

/** Longest text of a post in UTF-16 units, as the networks accept it from a free account. */
export const POST_CHARACTERS = {
  instagram: 2_200,
  facebook: 63_206,
  linkedin: 3_000,
  x: 280,
  tiktok: 2_200,
  youtube: 5_000,
  pinterest: 500,
  threads: 500,
} as const satisfies Record<SocialChannel, number>
