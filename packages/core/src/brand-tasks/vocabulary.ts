/** The ten generative tasks of the brand suite. */
export const BRAND_TASK_TYPES = [
  'GENERATE_MEDIA_PLAN',
  'GENERATE_BRAND_KIT',
  'AUTO_GENERATE_PERSONAS',
  'GENERATE_CONTENT_PACKAGE',
  'GENERATE_FUNNEL_CAMPAIGN',
  'GENERATE_VIRAL_IDEAS',
  'GENERATE_FACEBOOK_TRENDS',
  'GENERATE_TRENDS',
  'GENERATE_GLOBAL_TRENDS',
  'GENERATE_IDEAS_FROM_PRODUCT',
] as const
export type BrandTaskType = (typeof BRAND_TASK_TYPES)[number]

/** The channels on which a media plan may spend. */
export const MEDIA_CHANNELS = [
  'search',
  'social',
  'video',
  'display',
  'email',
  'audio',
  'out-of-home',
  'influencer',
] as const
export type MediaChannel = (typeof MEDIA_CHANNELS)[number]

export const MEDIA_OBJECTIVES = ['awareness', 'consideration', 'conversion', 'loyalty'] as const
export type MediaObjective = (typeof MEDIA_OBJECTIVES)[number]

/** Traits of a brand's character. */
export const BRAND_TRAITS = ['bold', 'calm', 'elegant', 'friendly', 'playful', 'precise', 'rugged', 'warm'] as const
export type BrandTrait = (typeof BRAND_TRAITS)[number]

/** The role of a colour. Each role appears once in a palette. */
export const COLOR_ROLES = [
  'primary',
  'secondary',
  'accent',
  'surface',
  'text',
  'success',
  'warning',
  'danger',
] as const
export type ColorRole = (typeof COLOR_ROLES)[number]

/** Sizes of a type scale, smallest first. */
export const TYPE_LEVELS = ['caption', 'body', 'lead', 'title', 'headline', 'display'] as const
export type TypeLevel = (typeof TYPE_LEVELS)[number]

export const LOGO_STYLES = ['monogram', 'wordmark', 'symbol'] as const
export type LogoStyle = (typeof LOGO_STYLES)[number]

/** Lowest contrast ratio for text of each kind (WCAG 2.2, success criteria 1.4.3 and 1.4.6). */
export const CONTRAST_RATIOS = { 'AA-large': 3, AA: 4.5, AAA: 7 } as const
export type ContrastLevel = keyof typeof CONTRAST_RATIOS

/** Places in which a persona can be met. */
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

/** The tone of the posts of a package. */
export const CONTENT_TONES = ['informative', 'inspiring', 'humorous', 'conversational', 'urgent'] as const
export type ContentTone = (typeof CONTENT_TONES)[number]

/** Networks that a post is written for. */
export const SOCIAL_CHANNELS = [
  'instagram',
  'facebook',
  'linkedin',
  'x',
  'tiktok',
  'youtube',
  'pinterest',
  'threads',
] as const
export type SocialChannel = (typeof SOCIAL_CHANNELS)[number]

/** Longest text of a post in UTF-16 units, as the networks accept it from a free account. */
export const POST_CHARACTERS = {
  instagram: 2_200,
  facebook: 63_206,
  linkedin: 3_000,
  x: 280,
  tiktok: 2_200,
  youtube: 5_000,
  pinterest: 500,
  threads: 500,
} as const satisfies Record<SocialChannel, number>

/** From stranger to promoter, in this order. */
export const FUNNEL_STAGES = ['awareness', 'consideration', 'conversion', 'loyalty', 'advocacy'] as const
export type FunnelStage = (typeof FUNNEL_STAGES)[number]

/** The kinds of success at the end of the funnel. */
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

/** The measures of a stage. */
export const FUNNEL_KPIS = {
  awareness: 'impressions',
  consideration: 'qualified visits',
  conversion: 'conversions',
  loyalty: 'repeat customers',
  advocacy: 'referrals',
} as const satisfies Record<FunnelStage, string>

export const IDEA_FORMATS = [
  'short-video',
  'carousel',
  'story',
  'live-stream',
  'poll',
  'challenge',
  'article',
  'meme',
] as const
export type IdeaFormat = (typeof IDEA_FORMATS)[number]

/** The work that an idea costs, least first. */
export const IDEA_EFFORTS = ['hour', 'day', 'week'] as const
export type IdeaEffort = (typeof IDEA_EFFORTS)[number]

/** Feelings that make people pass a post on (Berger and Milkman, "What Makes Online Content Viral?", 2012). */
export const VIRAL_EMOTIONS = ['awe', 'amusement', 'surprise', 'anger', 'anxiety', 'pride', 'nostalgia'] as const
export type ViralEmotion = (typeof VIRAL_EMOTIONS)[number]

/** The forms that an idea from a product may take. */
export const PRODUCT_IDEA_KINDS = ['campaign', 'content', 'promotion', 'partnership', 'event', 'bundle'] as const
export type ProductIdeaKind = (typeof PRODUCT_IDEA_KINDS)[number]

/** The periods that a trend search covers. */
export const TREND_WINDOWS = ['day', 'week', 'month', 'quarter'] as const
export type TrendWindow = (typeof TREND_WINDOWS)[number]

export const TREND_DIRECTIONS = ['rising', 'steady', 'falling'] as const
export type TrendDirection = (typeof TREND_DIRECTIONS)[number]

/** Media that are searched for trends. */
export const TREND_MEDIA = ['search', 'news', 'social', 'video', 'forums', 'shops'] as const
export type TrendMedium = (typeof TREND_MEDIA)[number]

/** Places on Facebook where people talk. */
export const FACEBOOK_SURFACES = ['pages', 'groups', 'reels', 'events', 'marketplace'] as const
export type FacebookSurface = (typeof FACEBOOK_SURFACES)[number]

export const FACEBOOK_POST_KINDS = ['text', 'photo', 'reel', 'link', 'live', 'poll'] as const
export type FacebookPostKind = (typeof FACEBOOK_POST_KINDS)[number]

/** What a reader must know before using a result. Apps put each one into words. */
export const RESULT_CAVEATS = [
  /** The texts are drafts made without a language model: labels, lists and quoted phrases of the brief. */
  'draft',
  /** The texts are in English, although another language was asked for. */
  'english',
  /** The trends were counted in sample feeds. */
  'sample',
  /** The search has found nothing. */
  'nothing',
  /** The forecast costs more than it brings in. */
  'loss',
] as const
export type ResultCaveat = (typeof RESULT_CAVEATS)[number]
