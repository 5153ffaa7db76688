import { TASK_STATUSES } from '@brandkit/core'
import { BRAND_TASK_TYPES } from '@brandkit/core/brand-tasks'
import { TaskHistory, type TaskHistoryChoices } from '@brandkit/react'
import { useMemo } from 'react'
import { useSearch } from 'wouter'
import { t } from '../language/language.ts'
import { replacePath } from '../parts/link.tsx'
import { PageHead, usePageTitle } from '../parts/page-parts.tsx'
import { taskPath } from '../sections/section-path.ts'
import { openTask } from '../tasks/open-task.ts'
import { MyMonth, OwnData } from './own-data.tsx'

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
      />
      <MyMonth />
      <TaskHistory
        choices={choices}
        onChoicesChange={(changed) => replacePath(toPath(changed))}
        types={BRAND_TASK_TYPES}
        getHref={taskPath}
        onOpenTask={openTask}
        // What follows the list stays within reach.
        paging="button"
      />
      <OwnData />
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
