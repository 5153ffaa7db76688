/** From stranger to promoter, in this order. */
export const FUNNEL_STAGES = ['awareness', 'consideration', 'conversion', 'loyalty', 'advocacy'] as const
export type FunnelStage = (typeof FUNNEL_STAGES)[number]

/** What counts as success at the end of the funnel. */
export const FUNNEL_GOALS = ['leads', 'sales', 'sign-ups', 'bookings'] as const
export type FunnelGoal = (typeof FUNNEL_GOALS)[number]

export const FUNNEL_ASSETS = [
  'advert',
  'landing-page',
  'email',
  'article',
  'video',
  'webinar',
  'offer',
  'survey',
] as const
export type FunnelAsset = (typeof FUNNEL_ASSETS)[number]

/** What a stage is measured by. */
export const FUNNEL_KPIS = {
  awareness: 'impressions',
  consideration: 'qualified visits',
  conversion: 'conversions',
  loyalty: 'repeat customers',
  advocacy: 'referrals',
} as const satisfies Record<FunnelStage, string>
