import type { TaskPayload } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'

/** One brand, ten briefs. */
export const EXAMPLE_PAYLOADS: { readonly [T in BrandTaskType]: TaskPayload<T> } = {
  GENERATE_MEDIA_PLAN: {
    campaignName: 'Fresh by bike',
    objective: 'awareness',
    budget: 25_001,
    currency: 'EUR',
    startDate: '2027-03-01',
    weeks: 4,
    channels: ['search', 'social', 'out-of-home'],
    audience: 'Remote workers and students in Berlin aged 25-40',
  },
  GENERATE_BRAND_KIT: {
    brandName: 'Kiez Roasters',
    industry: 'Specialty coffee',
    description: 'Kiez Roasters roasts single-origin beans every Tuesday and delivers them by cargo bike in Berlin.',
    values: ['Freshness', 'Fair prices for growers'],
    traits: ['warm', 'playful'],
    logoStyle: 'symbol',
    language: 'en',
  },
  AUTO_GENERATE_PERSONAS: {
    audienceName: 'Home office coffee drinkers',
    audience:
      'Remote workers and students in Berlin aged 25-40 who drink three cups a day and are annoyed by stale beans',
    offer:
      'A weekly subscription of whole-bean coffee, roasted on Tuesday and delivered by cargo bike. Cancel any time.',
    region: 'DE',
    count: 3,
    language: 'en',
  },
  GENERATE_CONTENT_PACKAGE: {
    topic: 'Fresh coffee at home',
    audience: 'Remote workers in Berlin who drink three cups a day and are annoyed by stale beans',
    channels: ['instagram', 'linkedin'],
    postsPerChannel: 2,
    startDate: '2027-03-01',
    weeks: 2,
    tone: 'conversational',
    language: 'en',
  },
  GENERATE_FUNNEL_CAMPAIGN: {
    campaignName: 'Fresh by bike',
    offer:
      'A weekly subscription of whole-bean coffee, roasted on Tuesday and delivered by cargo bike. Cancel any time.',
    audience: 'Remote workers in Berlin who drink three cups a day and are annoyed by stale beans',
    goal: 'sign-ups',
    stages: ['awareness', 'consideration', 'conversion', 'loyalty'],
    budget: 20_003,
    currency: 'EUR',
    conversionValue: 60,
    startDate: '2027-03-01',
    weeks: 8,
    language: 'en',
  },
  GENERATE_VIRAL_IDEAS: {
    topic: 'Fresh coffee at home',
    audience: 'Remote workers in Berlin who drink three cups a day',
    channels: ['instagram', 'tiktok'],
    count: 5,
    language: 'en',
  },
  GENERATE_FACEBOOK_TRENDS: {
    topic: 'Coffee',
    window: 'quarter',
    limit: 5,
    language: 'en',
    surfaces: ['pages', 'groups', 'reels'],
  },
  GENERATE_TRENDS: {
    topic: 'Coffee',
    window: 'month',
    limit: 5,
    language: 'en',
    media: ['news', 'social', 'video', 'shops'],
  },
  GENERATE_GLOBAL_TRENDS: { topic: 'Coffee', window: 'month', limit: 3, language: 'en', regions: ['DE', 'US', 'GB'] },
  GENERATE_IDEAS_FROM_PRODUCT: {
    productName: 'Tuesday Box',
    description: 'Coffee that was roasted on Tuesday, at the door on Wednesday.',
    features: ['Roasted every Tuesday', 'Delivered by cargo bike', 'Cancel any time'],
    audience: 'Remote workers in Berlin who drink three cups a day',
    kinds: ['campaign', 'content', 'event'],
    count: 5,
    language: 'en',
  },
}
