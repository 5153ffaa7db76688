import type { FacebookPostKind, FacebookSurface, TrendDirection, TrendMedium } from '@brandkit/core'

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
