/** Where a persona can be met. */
export const PERSONA_TOUCHPOINTS = [
  'search',
  'social',
  'video',
  'email',
  'podcast',
  'press',
  'store',
  'event',
  'friends',
] as const
export type PersonaTouchpoint = (typeof PERSONA_TOUCHPOINTS)[number]

/** How a persona decides to buy. */
export const DECISION_STYLES = ['spontaneous', 'methodical', 'social', 'competitive'] as const
export type DecisionStyle = (typeof DECISION_STYLES)[number]
