export const IDEA_FORMATS = [
  'short-video',
  'carousel',
  'story',
  'live-stream',
  'poll',
  'challenge',
  'article',
  'meme',
] as const
export type IdeaFormat = (typeof IDEA_FORMATS)[number]

/** How much work an idea is, least first. */
export const IDEA_EFFORTS = ['hour', 'day', 'week'] as const
export type IdeaEffort = (typeof IDEA_EFFORTS)[number]
