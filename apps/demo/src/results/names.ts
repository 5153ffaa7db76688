import type { IdeaEffort, MediaObjective, ResultCaveat, SocialChannel } from '@brandkit/core/brand-tasks'

/* Display names for values for which `toLabel` is not enough. */

export const CHANNEL_NAMES: Readonly<Record<SocialChannel, string>> = {
  instagram: 'Instagram',
  facebook: 'Facebook',
  linkedin: 'LinkedIn',
  x: 'X',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  pinterest: 'Pinterest',
  threads: 'Threads',
}

export const OBJECTIVE_NAMES: Readonly<Record<MediaObjective, { name: string; hint: string }>> = {
  awareness: { name: 'Awareness', hint: 'Be known' },
  consideration: { name: 'Consideration', hint: 'Be compared' },
  conversion: { name: 'Conversion', hint: 'Be bought' },
  loyalty: { name: 'Loyalty', hint: 'Be chosen again' },
}

export const EFFORT_NAMES: Readonly<Record<IdeaEffort, string>> = {
  hour: 'An hour of work',
  day: 'A day of work',
  week: 'A week of work',
}

/** What the page says above a result. The views say the others themselves, with numbers. */
export const CAVEAT_NAMES: Readonly<Partial<Record<ResultCaveat, string>>> = {
  draft: 'Numbers are computed; wording is a draft without a model.',
  english: 'The draft is in English, because another language needs a model.',
  sample: 'From sample feeds, which were written for this demo.',
}
