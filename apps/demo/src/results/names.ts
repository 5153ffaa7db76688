import type {
  FacebookPostKind,
  FacebookSurface,
  FunnelStage,
  IdeaEffort,
  IdeaFormat,
  MediaChannel,
  MediaObjective,
  ProductIdeaKind,
  SocialChannel,
  TrendDirection,
  TrendMedium,
  ViralEmotion,
} from '@brandkit/core/brand-tasks'

export const CHANNEL_NAMES: Readonly<Record<SocialChannel, string>> = {
  instagram: 'Instagram',
  facebook: 'Facebook',
  linkedin: 'LinkedIn',
  x: 'X',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  pinterest: 'Pinterest',
  threads: 'Threads',
}

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

export const STAGE_NAMES: Readonly<Record<FunnelStage, string>> = {
  awareness: 'Awareness',
  consideration: 'Consideration',
  conversion: 'Conversion',
  loyalty: 'Loyalty',
  advocacy: 'Advocacy',
}

export const EMOTION_NAMES: Readonly<Record<ViralEmotion, string>> = {
  awe: 'Awe',
  amusement: 'Amusement',
  surprise: 'Surprise',
  anger: 'Anger',
  anxiety: 'Anxiety',
  pride: 'Pride',
  nostalgia: 'Nostalgia',
}

export const KIND_NAMES: Readonly<Record<ProductIdeaKind, string>> = {
  campaign: 'Campaign',
  content: 'Content',
  promotion: 'Promotion',
  partnership: 'Partnership',
  event: 'Event',
  bundle: 'Bundle',
}

export const FORMAT_NAMES: Readonly<Record<IdeaFormat, string>> = {
  'short-video': 'Short video',
  carousel: 'Carousel',
  story: 'Story',
  'live-stream': 'Live stream',
  poll: 'Poll',
  challenge: 'Challenge',
  article: 'Article',
  meme: 'Meme',
}

export const EFFORT_NAMES: Readonly<Record<IdeaEffort, string>> = {
  hour: 'An hour of work',
  day: 'A day of work',
  week: 'A week of work',
}

export const SURFACE_NAMES: Readonly<Record<FacebookSurface, string>> = {
  pages: 'Pages',
  groups: 'Groups',
  reels: 'Reels',
  events: 'Events',
  marketplace: 'Marketplace',
}

export const MEDIUM_NAMES: Readonly<Record<TrendMedium, string>> = {
  search: 'Search',
  news: 'News',
  social: 'Social',
  video: 'Video',
  forums: 'Forums',
  shops: 'Shops',
}

export const POST_KIND_NAMES: Readonly<Record<FacebookPostKind, string>> = {
  text: 'Text',
  photo: 'Photo',
  reel: 'Reel',
  link: 'Link',
  live: 'Live',
  poll: 'Poll',
}

export const DIRECTION_NAMES: Readonly<Record<TrendDirection, string>> = {
  rising: 'Rising',
  steady: 'Steady',
  falling: 'Falling',
}
