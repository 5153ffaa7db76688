import type { TaskStepStatus } from '@brandkit/core'
import type { TaskLabels } from '@brandkit/react'
import { useSyncExternalStore } from 'react'

/** The languages of the studio's own words, each by its own name. Results have the language that was asked for. */
export const STUDIO_LANGUAGES = { en: 'English', de: 'Deutsch', ar: 'العربية' } as const
export type StudioLanguage = keyof typeof STUDIO_LANGUAGES

/** A text for each plural category of the language, or one text. The key is the English text. */
type Words = Readonly<Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>>

interface Chosen {
  language: StudioLanguage
  /** BCP 47: the browser's own variant of the language, such as en-GB, for dates and numbers. */
  locale: string
  direction: 'ltr' | 'rtl'
  words: Words
  /** The same language for the components of `@brandkit/react`. */
  labels: Partial<TaskLabels> | undefined
}

/** English texts are their own keys; those that count something have two forms. */
export const PLURALS: Words = {
  '{count} retries': { one: '{count} retry', other: '{count} retries' },
  '{count} fields need a change': { one: '{count} field needs a change', other: '{count} fields need a change' },
}

const LOADERS: Readonly<Record<StudioLanguage, () => Promise<Pick<Chosen, 'words' | 'labels'>>>> = {
  en: async () => ({ words: PLURALS, labels: undefined }),
  de: async () => {
    const [words, labels] = await Promise.all([import('./de.json'), import('@brandkit/react/labels/de')])
    return { words: words.default, labels: labels.default }
  },
  ar: async () => {
    const [words, labels] = await Promise.all([import('./ar.json'), import('@brandkit/react/labels/ar')])
    return { words: words.default, labels: labels.default }
  },
}

const listeners = new Set<() => void>()
let chosen: Chosen = { language: 'en', locale: 'en', direction: 'ltr', words: {}, labels: undefined }

/** Loads the words of a language, then shows the studio in it. */
export async function chooseLanguage(language: StudioLanguage): Promise<void> {
  const loaded = await LOADERS[language]()
  // A language without a region says nothing of digits: then those of the components' labels.
  const own =
    globalThis.navigator?.languages?.find((tag) => tag.startsWith(`${language}-`)) ?? loaded.labels?.locale ?? language
  chosen = { language, locale: own, direction: language === 'ar' ? 'rtl' : 'ltr', ...loaded }
  for (const listener of listeners) listener()
}

/** The language now. Read at the top of the app, which renders again when it changes; other code just calls `t`. */
export function useLanguage(): Chosen {
  return useSyncExternalStore(subscribe, () => chosen)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The tag for `Intl`: dates, numbers and digits follow the language of the words. */
export function locale(): string {
  return chosen.locale
}

/**
 * An English text in the chosen language, or as it is when the language lacks it. `{name}` is replaced by its value; a text
 * with `{count}` may have plural forms.
 */
export function t(english: string, values: Readonly<Record<string, string | number>> = {}): string {
  const entry = chosen.words[english] ?? english
  const count = values['count']
  const text =
    typeof entry === 'string' ? entry : (typeof count === 'number' && entry[pluralOf(count)]) || entry.other || english
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? whole
    if (typeof value === 'number') return new Intl.NumberFormat(chosen.locale).format(value)
    // First strong isolate: names from the other direction keep the sentence around them in order.
    return chosen.direction === 'rtl' ? `\u2068${value}\u2069` : value
  })
}

/** The title of a step in the chosen language. The server has it in English. */
export function stepTitle(type: string, { key, title }: { key: string; title: string }): string {
  return chosen.labels?.steps?.[type]?.[key] ?? title
}

const STEP_STATUSES: Readonly<Record<TaskStepStatus, string>> = {
  pending: 'to do',
  running: 'in progress',
  completed: 'done',
  failed: 'failed',
}

/** The state of a step, in the words of the components. */
export function stepStatus(status: TaskStepStatus): string {
  const label = chosen.labels?.[`step.${status}`]
  return typeof label === 'string' ? label : STEP_STATUSES[status]
}

/** The title of a task with its type in the chosen language: "Media plan: Spring" is "Mediaplan: Spring". */
export function taskTitle({ type, title }: { type: string; title: string }): string {
  const name = chosen.labels?.types?.[type]
  return name === undefined ? title : title.replace(TYPE_PREFIX, `${name}: `)
}

/** The type at the head of a title, which the server writes in English. */
export const TYPE_PREFIX = /^[^:]{1,40}: /

function pluralOf(count: number): Intl.LDMLPluralRule {
  return new Intl.PluralRules(chosen.locale).select(count)
}
