import type { TaskPayload } from '@brandkit/core'
import {
  BRAND_TRAITS,
  type BrandTaskType,
  CONTENT_TONES,
  DECISION_STYLES,
  FUNNEL_GOALS,
  FUNNEL_STAGES,
  MEDIA_CHANNELS,
  MEDIA_OBJECTIVES,
  PRODUCT_IDEA_KINDS,
  SOCIAL_CHANNELS,
} from '@brandkit/core/brand-tasks'

/** The types whose results hold wording that is drafted from a brief. */
export type DraftedType = Exclude<
  BrandTaskType,
  'GENERATE_FACEBOOK_TRENDS' | 'GENERATE_TRENDS' | 'GENERATE_GLOBAL_TRENDS'
>

export interface Brief<T extends DraftedType> {
  payload: TaskPayload<T>
  /** The user's phrases of at least two words. Our sentences may contain them only in quotation marks. */
  phrases: string[]
  /** Names, which may stand before or behind a colon. */
  labels: string[]
  /** The ages of the first group, if the brief gives them. */
  ages?: { from: number; to: number }
  firstGroup?: string
}

/** The parts of briefs in a language; `who` joins a group and what it does. */
interface Parts {
  groups: readonly string[]
  sayings: readonly string[]
  offers: readonly string[]
  features: readonly string[]
  topics: readonly string[]
  ages: (from: number, to: number) => string
  who: string
  and: string
}

const ENGLISH: Parts = {
  groups: [
    'Young professionals in Berlin',
    'Families with children',
    'Retired teachers',
    'Remote workers and students',
    'Chief financial officers of small firms',
    'Dog owners in the UK',
    'Parents of toddlers',
    'Owners of small bakeries',
  ],
  sayings: [
    'like coffee and design',
    'are tired of capsules',
    'want gear that lasts',
    'have little time for paperwork',
    'watch their budget',
    'meet in cafés',
    'are annoyed by hidden fees',
    'cannot sleep well',
    'worry about data',
    'treat their pets as family',
  ],
  offers: [
    'A weekly box of cold brew',
    'Lanterns for three nights on one charge',
    'E-invoicing for trades',
    'An online course in watercolour',
    'Insurance for e-bikes',
  ],
  features: [
    'fresh from the roaster',
    'returnable bottles that are refilled',
    'cancel any time',
    'opens with one screwdriver',
    'warm light that spares the night',
    'a battery for 40 hours',
    'spare parts for ten years',
    '14 days free',
    'delivered by cargo bike before nine',
    'works with every bank',
    'vegan and plastic free',
    'tested by vets',
  ],
  topics: ['Cold brew', 'Dark sky camping', 'E-invoicing for trades', 'Better sleep', 'Chief financial officers'],
  ages: (from, to) => `, ${from} to ${to},`,
  who: ' who ',
  and: ' and ',
}

const GERMAN: Parts = {
  groups: [
    'Junge Berufstätige in Berlin',
    'Kleine Büros',
    'Eltern von Kleinkindern',
    'Studierende',
    'Handwerksbetriebe in Sachsen',
  ],
  sayings: [
    'gern Kaffee trinken',
    'wenig Zeit haben',
    'keine Kapseln mehr wollen',
    'auf den Preis achten',
    'sich im Café treffen',
    'Wert auf Herkunft legen',
    'am Wochenende wandern',
    'ungern Formulare ausfüllen',
  ],
  offers: ['Eine Kiste Cold Brew pro Woche', 'Laternen für drei Nächte', 'E-Rechnungen für Betriebe'],
  features: [
    'frisch geröstet',
    '16 Stunden gezogen',
    'Pfandflaschen zum Wiederbefüllen',
    'jederzeit kündbar',
    'vor neun Uhr geliefert',
  ],
  topics: ['Kalter Kaffee', 'Zelten unter Sternen', 'Besserer Schlaf'],
  ages: (from, to) => `, ${from} bis ${to},`,
  who: ', die ',
  and: ' und ',
}

const ARABIC: Parts = {
  groups: ['الموظفون الشباب في برلين', 'المكاتب الصغيرة', 'أصحاب المخابز الصغيرة', 'المعلمون المتقاعدون'],
  sayings: [
    'يحبون القهوة',
    'يهتمون بالجودة',
    'يبحثون عن الهدوء',
    'يراقبون ميزانيتهم',
    'يسافرون كثيرا',
    'يعملون من المنزل',
  ],
  offers: ['صندوق أسبوعي من القهوة الباردة', 'فوانيس لثلاث ليال'],
  features: ['محمصة هذا الأسبوع', 'زجاجات قابلة للإرجاع', 'بطارية لأربعين ساعة', 'توصيل بالدراجة'],
  topics: ['قهوة باردة', 'التخييم تحت النجوم'],
  ages: (from, to) => `، بين ${from} و${to}،`,
  who: ' ',
  and: '، ',
}
/** Half of the briefs are in English. */
const LANGUAGES = [ENGLISH, GERMAN, ENGLISH, ARABIC]

const NAMES = ['Slow mornings', 'Leave the night on', 'Paper free by May', 'Summer of second chances', 'Fresh by bike']
const VALUES = ['honest origin', 'no waste', 'unhurried craft', 'dark skies', 'repairable for life', 'fair prices']
const INDUSTRIES = ['Specialty coffee', 'Outdoor lighting', 'Accounting software', 'Pet supplies']

/** A realistic brief, made of fixed parts; the same seed gives the same brief. */
export function drawBrief<T extends DraftedType>(type: T, seed: number): Brief<T> {
  const draw = createDraw(seed)
  const {
    groups: known,
    sayings: all,
    offers,
    features: advantages,
    topics,
    ages: inYears,
    who,
    and,
  } = LANGUAGES[seed % LANGUAGES.length] ?? ENGLISH
  const groups = draw.some(known, 1 + draw.upTo(3))
  const sayings = draw.some(all, 2 * groups.length)
  const from = 18 + draw.upTo(30)
  const to = from + 8 + draw.upTo(20)
  const years = draw.upTo(2) === 0 ? { from, to } : undefined
  const audience = groups
    .map((group, index) => {
      const [one, other] = [sayings[2 * index], sayings[2 * index + 1]]
      return `${group}${index === 0 && years ? inYears(from, to) : ''}${who}${one}${and}${other}.`
    })
    .join(' ')
    .replaceAll(',,', ',')
  const [what = ''] = draw.some(offers, 1)
  const features = draw.some(advantages, 1 + draw.upTo(12))
  const offer = `${what}: ${features.slice(0, 4).join(', ')}.`
  const [campaignName = ''] = draw.some(NAMES, 1)
  const [topic = ''] = draw.some(topics, 1)
  const values = draw.some(VALUES, 1 + draw.upTo(4))
  const [industry = ''] = draw.some(INDUSTRIES, 1)
  const callToAction = draw.upTo(2) === 0 ? { callToAction: 'Taste the first box for half the price' } : {}
  const language = draw.one(['en', 'en', 'de', 'ar'])
  const startDate = '2027-03-01'
  const channels = draw.some(SOCIAL_CHANNELS, 1 + draw.upTo(4))

  const payloads: { [D in DraftedType]: () => TaskPayload<D> } = {
    GENERATE_MEDIA_PLAN: () => ({
      campaignName,
      objective: draw.one(MEDIA_OBJECTIVES),
      budget: 1_000 + draw.upTo(90_000),
      currency: 'EUR',
      startDate,
      weeks: 1 + draw.upTo(12),
      channels: draw.some(MEDIA_CHANNELS, 1 + draw.upTo(6)),
      audience,
    }),
    GENERATE_BRAND_KIT: () => ({
      brandName: draw.one(['Aurora', 'Borealis', 'Kiez Roasters']),
      industry,
      description: `${what}, ${features[0]}, for ${groups[0]}.`,
      values,
      traits: draw.some(BRAND_TRAITS, 1 + draw.upTo(3)),
      logoStyle: 'symbol',
      language,
    }),
    AUTO_GENERATE_PERSONAS: () => ({
      audienceName: 'City people',
      audience,
      offer,
      region: draw.one(['DE', 'SE', 'US', 'ZA']),
      count: 1 + draw.upTo(2 * DECISION_STYLES.length),
      language,
    }),
    GENERATE_CONTENT_PACKAGE: () => ({
      topic,
      audience,
      channels,
      postsPerChannel: 1 + draw.upTo(12),
      startDate,
      weeks: 1 + draw.upTo(8),
      tone: draw.one(CONTENT_TONES),
      ...callToAction,
      language,
    }),
    GENERATE_FUNNEL_CAMPAIGN: () => ({
      campaignName,
      offer,
      audience,
      goal: draw.one(FUNNEL_GOALS),
      stages: draw.some(FUNNEL_STAGES, 2 + draw.upTo(4)),
      budget: 1_000 + draw.upTo(90_000),
      currency: 'EUR',
      conversionValue: 1 + draw.upTo(500),
      startDate,
      weeks: 1 + draw.upTo(20),
      language,
    }),
    GENERATE_VIRAL_IDEAS: () => ({ topic, audience, channels, count: 1 + draw.upTo(30), language }),
    GENERATE_IDEAS_FROM_PRODUCT: () => ({
      productName: 'Tuesday Box',
      description: `${what}.`,
      features,
      audience,
      kinds: draw.some(PRODUCT_IDEA_KINDS, 1 + draw.upTo(6)),
      count: 1 + draw.upTo(30),
      language,
    }),
  }
  return {
    payload: payloads[type](),
    phrases: [...groups, ...sayings, what, ...features, campaignName, topic].filter((phrase) => phrase.includes(' ')),
    labels: [campaignName, topic, industry],
    ...(years && { ages: years, firstGroup: groups[0] ?? '' }),
  }
}

interface Draw {
  /** 0 to `limit - 1`. */
  upTo: (limit: number) => number
  one: <Item>(list: readonly [Item, ...Item[]]) => Item
  /** This many different entries, or all of a shorter list. */
  some: <Item>(list: readonly Item[], count: number) => Item[]
}

/** Numbers of a linear congruential generator (Numerical Recipes), the same on every machine. */
function createDraw(seed: number): Draw {
  let state = (seed + 1) * 2_654_435_761
  const upTo = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const some = <Item>(list: readonly Item[], count: number): Item[] => {
    const left = [...list]
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(upTo(left.length), 1)).flat()
  }
  return { upTo, some, one: (list) => some(list, 1)[0] ?? list[0] }
}
