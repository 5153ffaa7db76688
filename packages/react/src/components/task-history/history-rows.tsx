'use client'

import type { TaskConditions } from '@brandkit/core'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTaskConnection } from '../../hooks/use-task-connection.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { usePageTranslate } from '../../provider/use-page-translate.js'
import { useNearEnd } from '../list-parts/use-near-end.js'
import type { Selection } from '../list-parts/use-selection.js'
import type { Looks } from '../looks.js'
import { ConnectionNote } from '../task-parts/connection-note.js'
import { Skeleton } from '../task-parts/skeleton.js'
import { useFocusKeeper } from '../use-focus-keeper.js'
import { isNarrowed, type TaskHistoryChoices } from './history-choices.js'
import { HistoryEmpty } from './history-empty.js'
import { HistoryRow, type RowHandlers } from './history-row.js'
import { moveBetweenRows } from './move-between-rows.js'
import { useRowsInView } from './use-rows-in-view.js'
import { type DelayedDelete, useDelayedDelete } from './use-delayed-delete.js'
import type { HistoryList } from './use-history-list.js'

/** A search may find nothing on many pages in a row. After so many the user decides whether it goes on. */
const MOST_EMPTY_PAGES = 3

interface HistoryRowsProps {
  list: HistoryList
  looks: Looks
  /** `null` when rows cannot be selected. */
  selection: Selection | null
  choices: TaskHistoryChoices
  /** What the list shows: the choices, within the app's filter. */
  conditions: TaskConditions
  onChoose: (change: TaskHistoryChoices) => void
  paging: 'auto' | 'button'
}

/** The rows, and what stands in their place while there are none. */
export function HistoryRows(props: HistoryRowsProps): ReactNode {
  const { list, looks, selection, choices, conditions, onChoose, paging } = props
  const translate = usePageTranslate()
  const { session } = useTaskContext()
  const { state } = useTaskConnection()
  const rows = useRef<HTMLUListElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const deletion = useDelayedDelete()
  const handlers = useHandlers(props, deletion)
  const keepFocus = useFocusKeeper({
    list: rows,
    fallback: rows,
    ids: list.ids,
    successorOf: (gone) => list.ids.find((taskId) => session.cache.find(taskId)?.retryOf === gone),
  })
  useRowsInView(rows, conditions)
  const isOffline = state === 'offline' || state === 'auth-required'
  const count = list.ids.length
  const [found, setFound] = useState({ count, pageCount: list.pageCount })
  if (found.count !== count) setFound({ count, pageCount: list.pageCount })
  const isEager = paging === 'auto' && list.pageCount - found.pageCount < MOST_EMPTY_PAGES
  const mayLoad = isEager && list.hasMore && !list.isLoadingMore && !list.error && !isOffline
  useNearEnd(end, mayLoad ? list.pageCount : null, list.loadMore)

  const focusFrom = useRef<number | null>(null)
  // The button moves down or disappears, so the focus moves to the first of the new rows.
  useEffect(() => {
    if (focusFrom.current === null || count <= focusFrom.current) return
    rows.current?.querySelectorAll<HTMLElement>('[data-task-id]')[focusFrom.current]?.focus()
    focusFrom.current = null
  }, [count])

  return (
    <>
      <ConnectionNote />
      {list.isLoading && <Skeleton lines={2} blocks={6} />}
      {!list.isLoading && count === 0 && (
        <HistoryEmpty list={list} looks={looks} isNarrowed={isNarrowed(choices)} onChoose={onChoose} />
      )}
      {count > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the arrow keys of the controls inside
        <ul
          ref={rows}
          className="brandkit-rows"
          aria-label={translate('history.label')}
          tabIndex={-1}
          onKeyDown={moveBetweenRows}
          {...keepFocus}
        >
          {list.ids.map((taskId) => (
            <HistoryRow
              key={taskId}
              taskId={taskId}
              listed={list.listed.get(taskId)}
              isSelected={selection?.has(taskId) ?? null}
              deleting={deletingOf(deletion, taskId)}
              handlers={handlers}
              looks={looks}
            />
          ))}
        </ul>
      )}
      <div ref={end} className="brandkit-end">
        {list.error && count > 0 && <p className="brandkit-cause">{translate('history.unread')}</p>}
        {list.hasMore && isOffline && <p>{translate('history.offline', { count })}</p>}
        {list.hasMore && !isOffline && (
          <button
            type="button"
            className="brandkit-button"
            aria-disabled={list.isLoadingMore}
            onClick={() => {
              focusFrom.current = count
              setFound({ count, pageCount: list.pageCount })
              list.loadMore()
            }}
          >
            {translate(moreLabelOf(list))}
          </button>
        )}
      </div>
    </>
  )
}

/** The same object between renders, so that only rows that change are rendered. */
function useHandlers({ selection, choices, onChoose }: HistoryRowsProps, deletion: DelayedDelete) {
  const latest = useRef({ selection, choices, onChoose, deletion })
  useEffect(() => {
    latest.current = { selection, choices, onChoose, deletion }
  })
  return useMemo<RowHandlers>(
    () => ({
      select: (taskId, options) => latest.current.selection?.toggle(taskId, options),
      narrowToTag: (tag) => {
        const { tags = [] } = latest.current.choices
        if (!tags.includes(tag)) latest.current.onChoose({ tags: [...tags, tag] })
      },
      remove: (taskId) => latest.current.deletion.begin(taskId),
      undo: (taskId) => latest.current.deletion.undo(taskId),
      hold: (taskId) => latest.current.deletion.hold(taskId),
      release: (taskId) => latest.current.deletion.release(taskId),
    }),
    [],
  )
}

function moreLabelOf({ isLoadingMore, ids }: HistoryList) {
  if (isLoadingMore) return 'inline.loading'
  return ids.length === 0 ? 'history.further' : 'history.more'
}

function deletingOf({ pending, refused }: DelayedDelete, taskId: string): 'no' | 'pending' | 'refused' {
  if (pending.has(taskId)) return 'pending'
  return refused.has(taskId) ? 'refused' : 'no'
}
