import { localeOf } from '../labels/locale-of.js'
import { createTranslate, type Translate, type TranslateOptions } from '../labels/translate.js'
import type { TaskStatus } from '@brandkit/core'
import type { LabelKey, TaskLabels } from '../locales/task-labels.js'
import en from './locales/en.js'
import type { OperationsLabelKey, OperationsLabels } from './operations-labels.js'

type Values = Readonly<Record<string, string | number>>

/** The texts and formats of `Translate`, with those that only this page has. */
export interface OperationsText extends Pick<
  Translate,
  'type' | 'step' | 'title' | 'number' | 'percent' | 'duration' | 'relative' | 'moment'
> {
  (key: LabelKey | OperationsLabelKey, values?: Values): string
  /** A status in the words of its phase. */
  status(status: TaskStatus): string
  /** An amount of money, in whole units of its currency. */
  money(amount: number, currency: string): string
  /** A number with one digit after the point at most: `12.4`. */
  rate(value: number): string
  /** A moment inside a span of this length, in milliseconds: a time of day, or the weekday with it. */
  clock(date: Date, spanMs: number): string
  /** `December 2026`, of `2026-12`. */
  month(month: string): string
}

const DAY_MS = 86_400_000

const PHASES = {
  queued: 'phase.waiting',
  processing: 'phase.running',
  completed: 'phase.completed',
  failed: 'phase.failed',
  cancelled: 'phase.cancelled',
} as const satisfies Record<TaskStatus, LabelKey>

export function createOperationsText(
  options: TranslateOptions,
  own: Partial<OperationsLabels> | undefined,
): OperationsText {
  // One translator serves both catalogues, whose keys differ.
  const locale = localeOf(options)
  const all = { ...options.labels, ...en, ...own, locale } as Partial<TaskLabels>
  const translate = createTranslate({ labels: all, locale })
  const rates = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const clock = { hour: 'numeric', minute: '2-digit' } as const
  const times = new Intl.DateTimeFormat(locale, clock)
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: 'short', ...clock })
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return Object.assign(translate as unknown as OperationsText, {
    status: (status: TaskStatus) => translate(PHASES[status]),
    money: (amount: number, currency: string) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount),
    rate: (value: number) => rates.format(value),
    clock: (date: Date, spanMs: number) => (spanMs > DAY_MS ? weekdays : times).format(date),
    month: (month: string) => months.format(new Date(`${month}-01T00:00:00Z`)),
  })
}
