/** Where talk is listened to. */
export const TREND_MEDIA = ['search', 'news', 'social', 'video', 'forums', 'shops'] as const
export type TrendMedium = (typeof TREND_MEDIA)[number]
