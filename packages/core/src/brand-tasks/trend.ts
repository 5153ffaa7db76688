/** How far a trend search looks back. */
export const TREND_WINDOWS = ['day', 'week', 'month', 'quarter'] as const
export type TrendWindow = (typeof TREND_WINDOWS)[number]

export const TREND_DIRECTIONS = ['rising', 'steady', 'falling'] as const
export type TrendDirection = (typeof TREND_DIRECTIONS)[number]
