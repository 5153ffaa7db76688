import type { BrandTrait } from '@brandkit/core/brand-tasks'

/** The studio's knowledge about a brand: enough for a sensible example in every form. */
export interface BrandProfile {
  name: string
  industry: string
  description: string
  values: string[]
  traits: BrandTrait[]
  primaryColor: string
  /** A short description of the audience, and a longer one. */
  audienceName: string
  audience: string
  offer: string
  callToAction: string
  product: { name: string; description: string; features: string[] }
  /** The value of one order, in whole units of the currency. */
  orderValue: number
  topic: string
  /** The topic for trend searches. */
  trendTopic: string
  avoid: string[]
  campaign: string
  region: string
  regions: string[]
}

const AURORA: BrandProfile = {
  name: 'Aurora',
  industry: 'Specialty coffee',
  description:
    'Aurora roasts coffee in small batches in Berlin and delivers it as cold brew in returnable bottles, for offices and for people who like their mornings slow.',
  values: ['honest origin', 'no waste', 'unhurried craft'],
  traits: ['warm', 'friendly', 'precise'],
  primaryColor: '#8a4b2a',
  audienceName: 'City coffee people',
  audience:
    'Young professionals in Berlin, 25 to 40, who like coffee and design and work from home two days a week. Small offices that are tired of capsules and want less waste. Students who meet in cafés and watch their budget.',
  offer: 'A weekly box of cold brew: fresh from the roaster, returnable bottles, cancel any time.',
  callToAction: 'Taste the first box for half the price',
  product: {
    name: 'Aurora Cold Brew Box',
    description: 'Six bottles of cold brew concentrate a week, roasted and brewed in Berlin and delivered by bike.',
    features: [
      'steeped for 16 hours',
      'returnable bottles that are refilled',
      'farm and price printed on every bottle',
      'delivered by cargo bike before nine',
    ],
  },
  orderValue: 38,
  topic: 'Cold brew',
  trendTopic: 'Coffee',
  avoid: ['caffeine addiction', 'other roasters'],
  campaign: 'Slow mornings',
  region: 'DE',
  regions: ['DE', 'GB', 'US'],
}

const BOREALIS: BrandProfile = {
  name: 'Borealis',
  industry: 'Outdoor lighting',
  description:
    'Borealis builds camping lanterns with a warm light that lets the stars shine, repairable with one screwdriver, for families and for people who walk far.',
  values: ['dark skies', 'repairable for life', 'quiet nature'],
  traits: ['calm', 'rugged', 'precise'],
  primaryColor: '#2b4a7a',
  audienceName: 'Families under the stars',
  audience:
    'Families with children in Sweden who go camping and want gear that lasts. Hikers, 30 to 55, who care about nature and carry everything themselves.',
  offer:
    'A lantern for three nights on one charge, with warm light that spares the night, and spare parts for ten years.',
  callToAction: 'Find a dark sky near you',
  product: {
    name: 'Borealis Ember Lantern',
    description: 'A camping lantern of 240 grams with dimmable amber light, made to be opened and repaired.',
    features: [
      'amber light that keeps night vision',
      'three nights on one charge',
      'opens with one screwdriver',
      'floats and survives rain',
    ],
  },
  orderValue: 89,
  topic: 'Dark sky camping',
  trendTopic: 'Camping',
  avoid: ['wild fires'],
  campaign: 'Leave the night on',
  region: 'SE',
  regions: ['SE', 'DE', 'GB'],
}

/** The profile of a brand of the sign-in page. */
export function brandProfile(brandId: string): BrandProfile {
  return brandId === 'borealis' ? BOREALIS : AURORA
}
