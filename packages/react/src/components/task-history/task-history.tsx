'use client'

import type { TaskFilter, TaskSummary, TaskType } from '@brandkit/core'
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTaskAnnouncements } from '../../hooks/use-task-announcements.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { usePageTranslate } from '../../provider/use-page-translate.js'
import { useSelection } from '../list-parts/use-selection.js'
import { inFrameSlot, type Looks, partProps } from '../looks.js'
import { useLooks } from '../use-looks.js'
import { type TaskHistoryChoices, toConditions } from './history-choices.js'
import { HistoryRows } from './history-rows.js'
import { HistoryToolbar } from './history-toolbar.js'
import { SelectionBar } from './selection-bar.js'
import { useChoices } from './use-choices.js'
import { useHistoryList } from './use-history-list.js'

export interface TaskHistoryProps extends Looks {
  /** Shows only these tasks, whatever the user chooses. */
  filter?: TaskFilter | undefined
  /** What the user has chosen in the toolbar. If given, the app keeps it, for example in the address. */
  choices?: TaskHistoryChoices | undefined
  /** What is chosen at first. Default: nothing. Ignored when there are `choices`. */
  defaultChoices?: TaskHistoryChoices | undefined
  /** Called when the user chooses something else in the toolbar. */
  onChoicesChange?: ((choices: TaskHistoryChoices) => void) | undefined
  /** The types that users can choose. Default: those of the tasks that were listed so far. */
  types?: readonly TaskType[] | undefined
  /** Whether rows can be selected, to cancel, retry or delete many at once. Default `true`. */
  selectable?: boolean | undefined
  /** `auto`: the next page comes when the user is near the end. `button`: only when asked for. Default `auto`. */
  paging?: 'auto' | 'button' | undefined
  /** Tasks in a page, 1 to 100. Default 20. */
  pageSize?: number | undefined
}

/**
 * All tasks of the user in an app's page, newest first: search, filters, actions on one and on many. Running tasks show their
 * progress.
 *
 * @example <TaskHistory getHref={({ taskId }) => `/tasks/${taskId}`} onOpenResult={open} />
 */
export function TaskHistory(props: TaskHistoryProps): ReactNode {
  const { filter = NO_FILTER, selectable = true, paging = 'auto', pageSize = 20 } = props
  const { texts, announcer } = useTaskContext()
  const translate = usePageTranslate()
  const id = useId()
  const looks = useLooks(props)
  const [choices, choose] = useChoices(props)
  const conditions = useMemo(() => toConditions(choices, filter), [choices, filter])
  const list = useHistoryList(conditions, pageSize)
  const selection = useSelection(list.ids)
  const types = useSeenTypes(list.listed)
  useTaskAnnouncements()

  const said = useRef(conditions)
  const { isLoading, hasMore } = list
  const count = list.ids.length
  useEffect(() => {
    if (isLoading || said.current === conditions) return
    said.current = conditions
    announcer.say({ urgency: 'polite', text: translate(hasMore ? 'history.foundMore' : 'history.found', { count }) })
  }, [announcer, translate, conditions, isLoading, hasMore, count])

  const toolbar = (
    <HistoryToolbar
      choices={choices}
      types={filter.type === undefined ? (props.types ?? types) : []}
      hasFixedStatus={filter.status !== undefined}
      onChange={choose}
    />
  )
  const content = (
    <>
      <div {...partProps(looks, 'toolbar', list)} role="search" aria-label={translate('filter.label')}>
        {inFrameSlot(looks, 'toolbar', list.phase, toolbar)}
      </div>
      {selectable && list.ids.length > 0 && (
        <div {...partProps(looks, 'selection', list)} data-active={selection.ids.length > 0 || undefined}>
          {inFrameSlot(
            looks,
            'selection',
            list.phase,
            <SelectionBar
              selection={selection}
              ids={list.ids}
              listed={list.listed}
              conditions={conditions}
              hasMore={list.hasMore}
            />,
          )}
        </div>
      )}
      <HistoryRows
        list={list}
        looks={looks}
        selection={selectable ? selection : null}
        choices={choices}
        conditions={conditions}
        onChoose={choose}
        paging={paging}
      />
    </>
  )
  const { className, ...attributes } = partProps(looks, 'root', list)
  return (
    <section
      id={id}
      className={`brandkit-inline ${className}`}
      {...attributes}
      data-component="task-history"
      aria-label={translate('history.label')}
      lang={texts.lang}
    >
      {inFrameSlot(looks, 'root', list.phase, content)}
    </section>
  )
}

const NO_FILTER: TaskFilter = {}

/** The types of all tasks that were listed so far: a filter by one of them must not take the others out of the menu. */
function useSeenTypes(listed: ReadonlyMap<string, TaskSummary>): readonly string[] {
  const [seen, setSeen] = useState<readonly string[]>([])
  const unseen = [...new Set([...listed.values()].map(({ type }) => type as string))].filter(
    (type) => !seen.includes(type),
  )
  if (unseen.length === 0) return seen
  const all = [...seen, ...unseen].toSorted()
  setSeen(all)
  return all
}
