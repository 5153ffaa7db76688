/** How the posts of a package sound. */
export const CONTENT_TONES = ['informative', 'inspiring', 'humorous', 'conversational', 'urgent'] as const
export type ContentTone = (typeof CONTENT_TONES)[number]
