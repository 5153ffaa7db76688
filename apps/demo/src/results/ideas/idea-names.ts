import type { IdeaEffort, IdeaFormat, ProductIdeaKind, ViralEmotion } from '@brandkit/core'

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
