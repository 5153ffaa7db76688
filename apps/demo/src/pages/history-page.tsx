import { TASK_STATUSES } from '@brandkit/core'
import { BRAND_TASK_TYPES } from '@brandkit/core/brand-tasks'
import { type SlotProps, TaskHistory, type TaskHistoryChoices, useTaskContext } from '@brandkit/react'
import { useMemo, useState } from 'react'
import { useSearch } from 'wouter'
import { t, taskTitle } from '../language/language.ts'
import { openTask, replacePath } from '../navigation/addresses.tsx'
import { taskPath } from '../sections/section-path.ts'
import { FormDialog, Icon, PageHead, Problem, usePageTitle } from '../parts/page-parts.tsx'
import { useMutation, useQuery } from '@tanstack/react-query'
import { network, taskService } from '../network/task-service.ts'
import { formatCost } from '../parts/words.ts'
import { sectionOf } from '../sections/sections.ts'
import { PriorityMark } from '../tasks/task-list.tsx'

/** All tasks of the user and of colleagues, newest first. The filter is in the address. */
export function HistoryPage() {
  usePageTitle(t('History'))
  const address = useSearch()
  const choices = useMemo(() => toChoices(new URLSearchParams(address)), [address])

  return (
    <>
      <PageHead
        icon="history"
        title={t('History')}
        lead={t('Everything you and your colleagues asked for. What failed or was cancelled can be tried again.')}
      >
        <OwnData />
      </PageHead>
      <MyMonth />
      <TaskHistory
        choices={choices}
        onChoicesChange={(changed) => replacePath(toPath(changed))}
        types={BRAND_TASK_TYPES}
        getTitle={taskTitle}
        getHref={taskPath}
        onOpenTask={openTask}
        slots={SLOTS}
        paging="button"
      />
    </>
  )
}

const SLOTS = { title: HistoryTitle }

/** A title as in the studio's own lists: with the sign of its section, and the mark of a premium task. */
function HistoryTitle({ task, children }: SlotProps) {
  return (
    <>
      <span className="history-sign" title={t(sectionOf(task.type).name)}>
        <Icon name={sectionOf(task.type).icon} />
      </span>
      {children} <PriorityMark task={task} />
    </>
  )
}

/** Hand-written addresses may hold any value; an unknown value filters nothing. */
function toChoices(address: URLSearchParams): TaskHistoryChoices {
  const text = (name: string) => address.get(name)?.trim() || undefined
  return {
    search: text('search'),
    type: BRAND_TASK_TYPES.find((known) => known === address.get('type')),
    status: TASK_STATUSES.find((known) => known === address.get('status')),
    from: text('from'),
    to: text('to'),
    tags: address.getAll('tag'),
  }
}

function toPath({ tags = [], ...chosen }: TaskHistoryChoices): string {
  const pairs = Object.entries(chosen).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  const address = new URLSearchParams([...pairs, ...tags.map((tag) => ['tag', tag])]).toString()
  return address ? `/history?${address}` : '/history'
}

const URL = '/api/demo/own-data'

/** Lets a person take away, or erase, all that the studio stores about them. */
function OwnData() {
  const [isAsking, setIsAsking] = useState(false)
  const erase = useMutation({
    mutationFn: eraseOwnData,
    networkMode: 'always',
    // Nothing that this page still holds may be shown: the person is signed out.
    onSuccess: () => window.location.assign('/'),
  })
  const close = () => {
    erase.reset()
    setIsAsking(false)
  }
  return (
    <>
      <span className="filter">
        <a className="secondary" href={URL} download>
          {t('Export my data')}
        </a>
        <button type="button" className="secondary" onClick={() => setIsAsking(true)}>
          {t('Erase my data')}
        </button>
      </span>
      {isAsking && (
        <FormDialog title={t('Erase all your data?')} onClose={close}>
          <div className="question">
            <p>
              {t(
                'All that you asked for is erased, with its results, and what is under way is stopped. You are signed out. This cannot be undone.',
              )}
            </p>
            {erase.error && <Problem sentence={erase.error.message} />}
            <div className="form-end">
              <button type="button" className="quiet" onClick={close}>
                {t('Cancel')}
              </button>
              <button type="button" className="button" disabled={erase.isPending} onClick={() => erase.mutate()}>
                {t('Erase for ever')}
              </button>
            </div>
          </div>
        </FormDialog>
      )}
    </>
  )
}

async function eraseOwnData(): Promise<void> {
  const response = await network.fetch(URL, { method: 'DELETE' })
  if (!response.ok) throw new Error('Your data could not be erased. Try again in a moment.')
}

/** What the user's own tasks have used of language models this month. Shows nothing while everything was computed. */
function MyMonth() {
  const { userId } = useTaskContext()
  const { data } = useQuery({
    queryKey: ['studio', 'my-month', userId],
    queryFn: ({ signal }) => taskService.getUsage({}, { signal }),
    networkMode: 'always',
  })
  if (!data || data.used.length === 0) return null
  const { tokens, left } = data.budget ?? {}
  return (
    <p className="soft">
      {data.used.map(({ inputTokens, outputTokens, cost, currency }) => (
        <span key={currency ?? ''}>
          {t('This month language models have read {input} tokens for you and written {output}.', {
            input: inputTokens,
            output: outputTokens,
          })}{' '}
          {cost !== undefined &&
            currency !== undefined &&
            t('That cost {cost}.', { cost: formatCost(cost, currency) })}{' '}
        </span>
      ))}
      {tokens !== undefined && t('You have {left} of {most} tokens left.', { left: left?.tokens ?? 0, most: tokens })}
    </p>
  )
}
