/** Places on Facebook where people talk. */
export const FACEBOOK_SURFACES = ['pages', 'groups', 'reels', 'events', 'marketplace'] as const
export type FacebookSurface = (typeof FACEBOOK_SURFACES)[number]

export const FACEBOOK_POST_KINDS = ['text', 'photo', 'reel', 'link', 'live', 'poll'] as const
export type FacebookPostKind = (typeof FACEBOOK_POST_KINDS)[number]
