import type { BackgroundTask, TaskJson } from '@brandkit/core'
import { en } from './en.js'
import type { LabelKey, TaskLabels } from './task-labels.js'

type Values = Readonly<Record<string, string | number>>

/** Texts and formats of one language. */
export interface Translate {
  (key: LabelKey, values?: Values): string
  /** The name of a step: the label, else the title that the server sent, else the key. */
  step(task: Pick<BackgroundTask | TaskJson, 'type' | 'steps'>, stepKey: string): string
  /** What a task is called. */
  title(task: Pick<BackgroundTask | TaskJson, 'type' | 'title'>): string
  /** The next step after a failure with this code. */
  nextAction(errorCode: string | undefined): string
  /** A span of time in words as short as they get: `1m 5s`. */
  duration(ms: number): string
}

/** @param options.locale BCP 47. Default `en`, the language of the built-in labels. */
export function createTranslate(options: {
  labels?: Partial<TaskLabels> | undefined
  locale?: string | undefined
}): Translate {
  const { locale = 'en' } = options
  const labels: TaskLabels = { ...en, ...options.labels }
  const plurals = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  const units = (['hour', 'minute', 'second'] as const).map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }),
  )

  const translate = (key: LabelKey, values: Values = {}): string => {
    const label = labels[key] ?? en[key]
    const count = Number(values['count'])
    // English has no category `zero`, but "next in line" is better than "0 tasks ahead" in any language.
    const category = count === 0 ? 'zero' : plurals.select(count)
    const text = typeof label === 'string' ? label : (label[category] ?? label[plurals.select(count)] ?? label.other)
    return text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = values[name]
      if (value === undefined) return placeholder
      return typeof value === 'number' ? numbers.format(value) : value
    })
  }

  return Object.assign(translate, {
    step: ({ type, steps }: Pick<BackgroundTask | TaskJson, 'type' | 'steps'>, stepKey: string) =>
      labels.steps[type]?.[stepKey] ?? steps?.find(({ key }) => key === stepKey)?.title ?? stepKey,
    title: ({ type, title }: Pick<BackgroundTask | TaskJson, 'type' | 'title'>) =>
      title || (labels.types[type] ?? type),
    nextAction: (errorCode: string | undefined) => {
      const key = `next.${errorCode}`
      return translate(key in labels ? (key as LabelKey) : 'next.default')
    },
    duration: (ms: number) => {
      const seconds = Math.max(0, Math.round(ms / 1_000))
      const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
      const first = Math.max(0, seconds === 0 ? 2 : parts.findIndex((part) => part > 0))
      // Two units are enough: nobody plans by the seconds of an hour.
      return parts
        .map((part, index) =>
          index >= first && index < first + 2 && (part > 0 || index === first) ? units[index]?.format(part) : '',
        )
        .filter(Boolean)
        .join(' ')
    },
  })
}
