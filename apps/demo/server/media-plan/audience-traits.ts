/** What a description of an audience can mention, and what share of adults online it describes. */
export const AUDIENCE_TRAITS = {
  young: {
    name: 'younger people',
    share: 0.28,
    words: ['young', 'gen', 'genz', 'teens', 'teenagers', 'students', 'student', 'millennials', 'twenties'],
  },
  older: {
    name: 'older people',
    share: 0.3,
    words: ['older', 'seniors', 'retired', 'retirees', 'pensioners', 'grandparents', 'sixties'],
  },
  families: {
    name: 'families',
    share: 0.32,
    words: ['families', 'family', 'parents', 'mothers', 'fathers', 'moms', 'dads', 'toddlers', 'kids', 'children'],
  },
  professionals: {
    name: 'professionals',
    share: 0.35,
    words: [
      'professionals',
      'managers',
      'founders',
      'engineers',
      'developers',
      'business',
      'buyers',
      'executives',
      'b2b',
      'teams',
    ],
  },
  commuters: {
    name: 'people on the move',
    share: 0.4,
    words: ['commuters', 'urban', 'city', 'cities', 'commuting', 'cyclists', 'drivers', 'travellers', 'travelers'],
  },
  culture: {
    name: 'lovers of culture',
    share: 0.3,
    words: ['music', 'podcast', 'podcasts', 'film', 'gaming', 'gamers', 'art', 'design', 'books', 'readers'],
  },
  lifestyle: {
    name: 'people who care about lifestyle',
    share: 0.34,
    words: [
      'fashion',
      'beauty',
      'fitness',
      'runners',
      'food',
      'cooking',
      'coffee',
      'travel',
      'home',
      'outdoor',
      'sport',
      'yoga',
    ],
  },
  customers: {
    name: 'existing customers',
    share: 0.12,
    words: ['customers', 'subscribers', 'members', 'loyal', 'returning', 'existing'],
  },
} as const satisfies Record<string, { name: string; share: number; words: readonly string[] }>

export type AudienceTrait = keyof typeof AUDIENCE_TRAITS

/** Adults online by place, rounded. Anything else counts as an unnamed market. */
export const PLACES: Readonly<Record<string, number>> = {
  europe: 380_000_000,
  germany: 62_000_000,
  france: 50_000_000,
  spain: 37_000_000,
  italy: 44_000_000,
  uk: 52_000_000,
  britain: 52_000_000,
  usa: 245_000_000,
  netherlands: 14_000_000,
  sweden: 8_200_000,
  austria: 7_000_000,
  switzerland: 6_900_000,
  japan: 92_000_000,
  berlin: 2_900_000,
  hamburg: 1_500_000,
  munich: 1_250_000,
  london: 7_200_000,
  paris: 8_500_000,
  madrid: 5_300_000,
  amsterdam: 780_000,
  vienna: 1_600_000,
  zurich: 370_000,
}

export const UNNAMED_MARKET = 10_000_000
