import type { BackgroundTask, TaskError, TaskId } from '@brandkit/core'
import { useRetryTask, useTaskContext, useTaskPolling } from '@brandkit/react'
import { useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { locale, stepTitle, t } from '../language/language.ts'
import { taskService } from '../network/task-service.ts'
import { formatCost, formatDay, formatMoney, formatWhole, languageName, regionName, toLabel } from '../parts/words.ts'
import { Icon, Problem } from '../parts/page-parts.tsx'
import { CopyText } from '../parts/result-parts.tsx'
import { type ExportFile, saveFile } from '../results/exports.ts'
import type { FieldWords, Section } from '../sections/section.ts'
import { openTask } from '../navigation/addresses.tsx'

export type Brief = Readonly<Record<string, unknown>>

/** A task, followed to its end, with its brief. Lists and streams tell of tasks without it; then it is read. */
export function useTaskWithBrief(taskId: TaskId | null) {
  const { userId } = useTaskContext()
  const { data: task, error } = useTaskPolling(taskId)
  const told = task && (task as Partial<BackgroundTask>).payload
  const { data: read, error: problem } = useQuery<unknown, TaskError>({
    queryKey: ['studio', 'brief', userId, taskId],
    queryFn: async ({ signal }) => (await taskService.getStatus(taskId ?? '', { signal })).payload,
    enabled: task !== undefined && told === undefined,
    staleTime: Infinity,
    networkMode: 'always',
    retry: false,
  })
  return { task, brief: (told ?? read) as Brief | undefined, error: error ?? problem }
}

interface TaskBriefProps {
  task: BackgroundTask
  section: Section
}

const UNREAD: Brief = {}

/** What was asked for. Open where it has to be looked at, and on paper. Has its place before it is read. */
export function TaskBrief({ task, section, brief = UNREAD }: TaskBriefProps & { brief: Brief | undefined }) {
  const words = Object.entries<FieldWords>(section.fields)
  const entries = words.flatMap(([name, field]) => {
    const value = brief[name]
    // Sums of money say their currency.
    const text = value === undefined || name === 'currency' ? '' : sayValue(name, brief, field)
    // A bare number says nothing without its name.
    const isPlain = text.length <= SHORT && (typeof value !== 'number' || MONEY.has(name))
    return text === '' ? [] : [{ name: t(field.label).replace(/ \(.*\)$/, ''), text, isPlain }]
  })
  return (
    <details className="card brief" open={task.status === 'failed' || task.status === 'cancelled'}>
      <summary>
        {t('Brief')}{' '}
        <span className="soft">
          {entries
            .filter(({ isPlain }) => isPlain)
            .map(({ name, text }, index) => (
              <Fragment key={name}>
                {index > 0 && ' · '}
                <bdi>{text}</bdi>
              </Fragment>
            ))}
        </span>
      </summary>
      <dl>
        {entries.map(({ name, text }) => (
          <div key={name} data-long={text.length > LONG ? '' : undefined}>
            <dt>{name}</dt>
            <dd dir="auto">{text}</dd>
          </div>
        ))}
      </dl>
      <p>
        <CopyText text={entries.map(({ name, text }) => `${name}: ${text}`).join('\n')} what={t('the brief')} />
      </p>
    </details>
  )
}

/** The line of a closed brief has only values that are at most this long, in characters. */
const SHORT = 24
/** Longer texts have a line of their own, in characters. */
const LONG = 40

const MONEY: ReadonlySet<string> = new Set(['budget', 'conversionValue'])
/** Fields whose values are words of the catalog. */
const VOCABULARY: ReadonlySet<string> = new Set([
  'objective',
  'channels',
  'tone',
  'emotions',
  'kinds',
  'window',
  'surfaces',
  'media',
  'goal',
  'stages',
  'traits',
  'logoStyle',
])

/** A value of a brief in words. */
function sayValue(name: string, brief: Brief, words: FieldWords): string {
  const value = brief[name]
  if (Array.isArray(value))
    return new Intl.ListFormat(locale(), { type: 'unit' }).format(
      value.map((entry) => sayWord(name, String(entry), words)),
    )
  if (typeof value !== 'number') return sayWord(name, String(value), words)
  const { currency } = brief
  return MONEY.has(name) && typeof currency === 'string' ? formatMoney(value, currency) : formatWhole(value)
}

function sayWord(name: string, value: string, { choices }: FieldWords): string {
  const choice = choices?.[value]
  if (choice !== undefined) return t(typeof choice === 'string' ? choice : choice.name)
  if (VOCABULARY.has(name)) return t(toLabel(value))
  if (name === 'language') return languageName(value)
  if (name === 'region' || name === 'regions') return regionName(value)
  return name === 'startDate' ? formatDay(value) : value
}

/** What a finished result can be saved as: a print, its JSON, and the files of its section. Disabled until there is a result. */
export function TaskExports({ task, section }: TaskBriefProps) {
  const [error, setError] = useState('')
  const result = task.status === 'completed' ? task.result : undefined
  const json: ExportFile = {
    label: 'JSON',
    fileName: `${section.path}-${task.taskId}.json`,
    mediaType: 'application/json',
    content: () => `${JSON.stringify(result, null, 2)}\n`,
  }
  const save = (file: ExportFile) =>
    saveFile(file).then(
      () => setError(''),
      () => setError(t('The file could not be made. Try again in a moment.')),
    )
  return (
    <div className="toolbar exports" role="group" aria-label={t('Take it with you')}>
      <button type="button" className="secondary" disabled={!result} onClick={() => window.print()}>
        {t('Print / PDF')}
      </button>
      {[json, ...((result && section.exports?.(result)) ?? [])].map((file) => (
        <button
          key={file.label}
          type="button"
          className="secondary"
          aria-label={t('Save {what}', { what: t(file.label) })}
          disabled={!result}
          onClick={() => void save(file)}
        >
          <Icon name="save" />
          <span className="export-name">{t(file.label)}</span>
        </button>
      ))}
      {error && <Problem sentence={error} />}
    </div>
  )
}

/** The steps of a completed task. Each can be done again, with those after it; those before it are kept. */
export function RedoSteps({ task: { taskId, type, steps } }: { task: BackgroundTask }) {
  const retry = useRetryTask()
  if (!steps?.length) return null
  return (
    <details className="card redo">
      <summary>{t('Do a part of it again')}</summary>
      <ol className="steps" aria-label={t('Steps')}>
        {steps.map(({ key, title, items }) => (
          <li key={key} data-status="completed">
            {stepTitle(type, { key, title })}
            {items && <span className="soft step-time">{formatWhole(items.done)}</span>}
            <button
              type="button"
              className="quiet"
              aria-label={t('Again from: {step}', { step: stepTitle(type, { key, title }) })}
              disabled={retry.isPending}
              onClick={() => retry.mutate({ taskId, from: { step: key } }, { onSuccess: openTask })}
            >
              {t('Again from here')}
            </button>
          </li>
        ))}
      </ol>
      <p className="soft">
        {t('What comes before is kept. This result stays as it is; the new one has a page of its own.')}
      </p>
      {retry.error && <Problem sentence={retry.error.message} />}
    </details>
  )
}

/** What the calls of language models have used for a task, over all of its attempts. */
export function TaskCost({ usage }: { usage: NonNullable<BackgroundTask['usage']> }) {
  return (
    <section className="card task-cost" aria-label={t('What it has used')}>
      <ul>
        {usage.map(({ model = t('A language model'), inputTokens, outputTokens, cost, currency }) => (
          <li key={`${model} ${currency}`}>
            {t('{model}: {input} tokens read, {output} tokens written', {
              model,
              input: inputTokens,
              output: outputTokens,
            })}
            {cost !== undefined && currency !== undefined && `, ${formatCost(cost, currency)}`}
          </li>
        ))}
      </ul>
      <p className="soft">{t('Over all attempts: what was written for one that failed has been paid, too.')}</p>
    </section>
  )
}
