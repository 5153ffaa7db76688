import type { TaskLabels } from '../locales/task-labels.js'

interface LocaleOptions {
  labels?: Partial<TaskLabels> | undefined
  locale?: string | undefined
}

/**
 * The locale of plurals, numbers and dates, in BCP 47: that of the labels, or a region of their language that the app asks
 * for. Labels that do not tell their locale have that of the app. Without labels it is English, the built-in language.
 */
export function localeOf({ labels, locale }: LocaleOptions): string {
  const own = labels ? labels.locale : 'en'
  // A language without a region says nothing of digits: of Arabic's two kinds, browsers choose differently.
  const isRegionOf = (language = '') => locale?.startsWith(`${language}-`)
  return own === undefined || isRegionOf(own.split('-')[0]) ? (locale ?? 'en') : own
}
