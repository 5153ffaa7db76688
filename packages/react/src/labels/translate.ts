import type { BackgroundTask, TaskError, TaskErrorCode, TaskJson } from '@brandkit/core'
import { createDuration, roundEstimate } from './duration.js'
import { localeOf } from './locale-of.js'
import en from '../locales/en.js'
import type { CornerLabelKey, LabelKey, TaskLabels } from '../locales/task-labels.js'

type Values = Readonly<Record<string, string | number>>
type Named<K extends keyof BackgroundTask> = Pick<BackgroundTask | TaskJson, K>

/** Texts and formats of one language. `Key`: the texts that it has. */
export interface Translate<Key extends LabelKey = CornerLabelKey> {
  (key: Key, values?: Values): string
  /** The name of a type: its label, or the words of the type itself. */
  type(type: string): string
  /** The name of a step: its label, or the server's title, or the key. */
  step(task: Named<'type' | 'steps'>, stepKey: string): string
  /** The title of a task. */
  title(task: Named<'type' | 'title'>): string
  /** The name of a provider: its label, or the server's name. */
  provider(name: string): string
  /** Why a task failed: the words of a generator, or else the label of the code. */
  cause(task: Named<'errorCode' | 'lastError'>): string
  /** What users can do after a failure with this code. */
  nextAction(errorCode: string | undefined): string
  /** Why an action failed: the label, or what the user must do before, or the server's words if it forbids the action. */
  failure(key: Key, error: TaskError): string
  /** Why a request was refused: the label of the code, or the server's words if it forbids the action. */
  problem(error: Pick<TaskError, 'code' | 'message'>): string
  number(value: number): string
  /** @param value 0 to 100 */
  percent(value: number): string
  /** A duration in the shortest words: `1m 5s`. */
  duration(ms: number): string
  /** An estimated duration, rounded: `2 min`, `15 sec`. */
  estimate(ms: number): string
  /** A time before or after now: `2 min. ago`. */
  relative(ms: number): string
  /** A date and time: `Mar 4, 9:30 AM`. */
  moment(date: Date): string
  /** A whole date and time, for titles: `Thursday, March 4, 2027 at 9:30 AM`. */
  date(date: Date): string
  /** Parts in one line: `4 running, 16 waiting`. */
  list(parts: readonly string[]): string
}

export interface TranslateOptions {
  /** Texts that replace the English ones. */
  labels?: Partial<TaskLabels> | undefined
  /** BCP 47. Default: the language of the labels. */
  locale?: string | undefined
}

/** @param builtIn English texts beyond those of the floating components, for the keys that the caller names */
export function createTranslate<Key extends LabelKey = CornerLabelKey>(
  options: TranslateOptions,
  builtIn: Partial<TaskLabels> = {},
): Translate<Key> {
  const locale = localeOf(options)
  const english = { ...en, ...builtIn } as TaskLabels
  const labels: TaskLabels = { ...english, ...options.labels }
  const plurals = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  const percents = new Intl.NumberFormat(locale, { style: 'percent' })
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' })
  const lists = new Intl.ListFormat(locale, { type: 'unit', style: 'short' })
  const estimates = createDuration(locale, 'short')
  const moments = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  })

  const translate = (key: LabelKey, values: Values = {}): string => {
    const label = labels[key] ?? english[key]
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
  const keyOf = (group: string, code: string | undefined, otherwise: LabelKey) => {
    const key = `${group}.${code}`
    return key in labels ? (key as LabelKey) : otherwise
  }
  const problem = ({ code, message }: Pick<TaskError, 'code' | 'message'>) =>
    code === 'forbidden' ? message : translate(keyOf('problem', code, 'problem.default'))
  const type = (name: string) => labels.types[name] ?? toWords(name)

  return Object.assign(translate, {
    type,
    step: ({ type: of, steps }: Named<'type' | 'steps'>, stepKey: string) =>
      labels.steps[of]?.[stepKey] ?? steps?.find(({ key }) => key === stepKey)?.title ?? stepKey,
    title: (task: Named<'type' | 'title'>) => task.title || type(task.type),
    provider: (name: string) => labels.providers[name] ?? name,
    cause: ({ errorCode, lastError = '' }: Named<'errorCode' | 'lastError'>) =>
      errorCode === undefined || WRITTEN.has(errorCode)
        ? lastError
        : translate(keyOf('cause', errorCode, 'cause.internal_error')),
    nextAction: (errorCode: string | undefined) => translate(keyOf('next', errorCode, 'next.default')),
    problem,
    failure: (key: LabelKey, error: TaskError) =>
      error.code === 'forbidden' || error.code === 'unauthenticated' ? problem(error) : translate(key),
    number: (value: number) => numbers.format(value),
    percent: (value: number) => percents.format(value / 100),
    duration: createDuration(locale),
    estimate: (ms: number) => estimates(roundEstimate(ms)),
    relative: (ms: number) => {
      const seconds = Math.round(ms / 1_000)
      if (Math.abs(seconds) < 60) return relatives.format(seconds, 'second')
      if (Math.abs(seconds) < 3_600) return relatives.format(Math.trunc(seconds / 60), 'minute')
      if (Math.abs(seconds) < 86_400) return relatives.format(Math.trunc(seconds / 3_600), 'hour')
      return relatives.format(Math.trunc(seconds / 86_400), 'day')
    },
    moment: (date: Date) => moments.format(date),
    date: (date: Date) => dates.format(date),
    list: (parts: readonly string[]) => lists.format(parts),
  })
}

/** The failures whose cause is written for people: by a generator, or with the title of another task in it. */
const WRITTEN: ReadonlySet<string> = new Set<TaskErrorCode>([
  'generator_failed',
  'generator_refused',
  'dependency_failed',
])

/**
 * Turns `AUTO_GENERATE_PERSONAS` into "Personas". This gives English names for the ten brand tasks without a list in
 * every app, and makes the app's own types easier to read.
 */
function toWords(type: string): string {
  if (!/^[A-Z\d_]+$/.test(type)) return type
  const words = type.replace(/^(AUTO_)?GENERATE_/, '').replaceAll('_', ' ')
  return words.charAt(0) + words.slice(1).toLowerCase()
}
