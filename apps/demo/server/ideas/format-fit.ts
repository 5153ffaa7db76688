import type { IdeaFormat, SocialChannel } from '@brandkit/core/brand-tasks'

/** How readily a format is passed on, 0 to 1. An assumption of this demo. */
export const FORMAT_SHAREABILITY: Readonly<Record<IdeaFormat, number>> = {
  'short-video': 0.9,
  carousel: 0.65,
  story: 0.35,
  'live-stream': 0.3,
  poll: 0.45,
  challenge: 0.8,
  article: 0.5,
  meme: 0.95,
}

/** Formats that a channel is made for; any other counts half. */
const NATIVE: Readonly<Record<SocialChannel, readonly IdeaFormat[]>> = {
  instagram: ['short-video', 'carousel', 'story', 'meme', 'challenge', 'poll'],
  facebook: ['carousel', 'live-stream', 'poll', 'meme', 'story', 'article'],
  linkedin: ['article', 'carousel', 'poll'],
  x: ['meme', 'poll', 'article'],
  tiktok: ['short-video', 'challenge', 'live-stream'],
  youtube: ['short-video', 'live-stream', 'challenge'],
  pinterest: ['carousel', 'article'],
  threads: ['poll', 'meme', 'article', 'story'],
}

/** 1 where the channel is made for the format, else 0.5. */
export function fitFormat(channel: SocialChannel, format: IdeaFormat): number {
  return NATIVE[channel].includes(format) ? 1 : 0.5
}
