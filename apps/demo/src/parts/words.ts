import { locale } from '../language/language.ts'
import type { IdeaEffort, MediaObjective, ResultCaveat, SocialChannel } from '@brandkit/core/brand-tasks'

function createFormats(languageOf: () => string) {
  return {
    /** Money. Cents are shown where there are some. */
    formatMoney: (amount: number, currency: string) =>
      new Intl.NumberFormat(languageOf(), {
        style: 'currency',
        currency,
        trailingZeroDisplay: 'stripIfInteger',
      }).format(amount),
    /** A calendar day (ISO 8601), independent of the reader's time zone. */
    formatDay: (date: string) =>
      new Intl.DateTimeFormat(languageOf(), {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      }).format(new Date(`${date}T00:00:00Z`)),
    /** The day of a moment in milliseconds since the epoch, in the reader's time zone: "Nov 7". */
    formatShortDay: (at: number) =>
      new Intl.DateTimeFormat(languageOf(), { day: 'numeric', month: 'short' }).format(at),
    /** Large numbers in short: 1.2M. */
    formatCount: (count: number) =>
      new Intl.NumberFormat(languageOf(), { notation: 'compact', maximumSignificantDigits: 3 }).format(count),
    /** A share in [0, 1] as a percentage with at most one digit. */
    formatShare: (share: number) =>
      new Intl.NumberFormat(languageOf(), { style: 'percent', maximumFractionDigits: 1 }).format(share),
    /** The name of a country (ISO 3166-1). */
    regionName: (code: string) => new Intl.DisplayNames([languageOf()], { type: 'region' }).of(code) ?? code,
  }
}

/** In the language of the studio. */
export const { formatMoney, formatDay, regionName } = createFormats(locale)

/** Among the headings of a result, which are English whatever the language of the studio is. */
export const RESULT_FORMATS = createFormats(() => (/^en\b/.test(locale()) ? locale() : 'en'))

/** What something has cost, to the last cent, and small sums to two digits that say something: $12.30, $0.0012. */
export function formatCost(cost: number, currency: string): string {
  const digits = cost > 0 && cost < 1 ? { maximumSignificantDigits: 2 } : {}
  return new Intl.NumberFormat(locale(), { style: 'currency', currency, ...digits }).format(cost)
}

/** A moment (a `Date`, or ISO 8601) in the reader's time zone. */
export function formatMoment(moment: Date | string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment))
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const
/** Older moments are said as a day, in milliseconds. */
const RELATIVE_MS = 7 * 86_400_000

/** How long ago a moment was, for the last week, as the components say it: "5 min. ago". */
export function formatRelative(moment: Date, now: number): string {
  const ago = now - moment.getTime()
  if (ago > RELATIVE_MS) return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(moment)
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' })
  const unit = UNITS.find(([, ms]) => ago >= ms)
  return unit ? format.format(-Math.floor(ago / unit[1]), unit[0]) : format.format(0, 'second')
}

/** A whole number to its last digit: 1,234,567. */
export function formatWhole(count: number): string {
  return new Intl.NumberFormat(locale()).format(count)
}

/** Milliseconds in short: "850ms", "4.2s", "3m 5s". */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return formatUnit(Math.round(ms), 'millisecond')
  const seconds = ms / 1_000
  if (seconds < 60) return formatUnit(seconds, 'second', seconds < 10 ? 1 : 0)
  return `${formatUnit(Math.floor(seconds / 60), 'minute')} ${formatUnit(Math.floor(seconds % 60), 'second')}`
}

function formatUnit(value: number, unit: string, maximumFractionDigits = 0): string {
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits }).format(
    value,
  )
}

/** A value of the catalog in words: "short-video" is "Short video". */
export function toLabel(value: string): string {
  return value.charAt(0).toUpperCase() + value.slice(1).replaceAll('-', ' ')
}

/** Currencies with prices in the planners' tables. */
export const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'JPY'] as const

/** Languages on offer, as tags of BCP 47. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'sv', 'pl', 'pt-BR', 'ar', 'ja'] as const

export function languageName(tag: string): string {
  return new Intl.DisplayNames([locale()], { type: 'language' }).of(tag) ?? tag
}

/** Countries on offer (ISO 3166-1). */
export const REGIONS = [
  'AT',
  'AU',
  'BR',
  'CA',
  'CH',
  'DE',
  'DK',
  'ES',
  'FR',
  'GB',
  'IE',
  'IN',
  'IT',
  'JP',
  'NL',
  'NO',
  'PL',
  'PT',
  'SE',
  'US',
] as const

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
