'use client'

import {
  isTerminal,
  MATCHING_ACTIONS,
  type MatchingAction,
  type TaskConditions,
  type TaskSummary,
} from '@brandkit/core'
import { type ReactNode, useState } from 'react'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTrackedTasks } from '../../provider/use-tracked-tasks.js'
import { usePageTranslate } from '../../provider/use-page-translate.js'
import type { Selection } from '../list-parts/use-selection.js'
import { mayRetry } from '../failure-advice.js'
import { BulkQuestionBox } from './bulk-question-box.js'
import { useBulkAction } from './use-bulk-action.js'

interface SelectionBarProps {
  selection: Selection
  /** All rows that are shown. */
  ids: readonly string[]
  listed: ReadonlyMap<string, TaskSummary>
  /** The conditions of the list, for actions on all that match. */
  conditions: TaskConditions
  /** Whether the server has more tasks that match than are shown. */
  hasMore: boolean
}

/** Selects all rows, says how many are selected, and acts on them or on all tasks that match the filter. */
export function SelectionBar({ selection, ids, listed, conditions, hasMore }: SelectionBarProps): ReactNode {
  const translate = usePageTranslate()
  const { session, announcer } = useTaskContext()
  const [isAll, setAll] = useState(false)
  const bulk = useBulkAction()
  const { ids: selected } = selection
  const isEach = selected.length === ids.length
  // A row that was added or deselected shows that the user means single rows.
  const takesAll = isAll && isEach
  const takers = useTrackedTasks(() => {
    const tasks = selected.flatMap((taskId) => session.cache.find(taskId) ?? listed.get(taskId) ?? [])
    return MATCHING_ACTIONS.map((action) => ({
      action,
      taskIds: tasks
        .filter((task) => canTake[action](task) && (action !== 'delete' || session.isOwn(task)))
        .map(({ taskId }) => taskId),
    }))
  })

  const finish = (action: MatchingAction, { done, refused }: { done: number; refused: number }) => {
    selection.clear()
    setAll(false)
    announcer.say({ urgency: 'polite', text: translate(`bulk.${action}Done`, { count: done }) })
    if (refused > 0) announcer.say({ urgency: 'polite', text: translate('bulk.refused', { count: refused }) })
  }
  return (
    <>
      <label className="brandkit-select-all">
        <input
          ref={(box) => {
            if (box) box.indeterminate = selected.length > 0 && !isEach
          }}
          type="checkbox"
          className="brandkit-check"
          checked={selected.length > 0 && isEach}
          onChange={() => {
            setAll(false)
            if (isEach) selection.clear()
            else selection.replace(ids)
          }}
        />
        <span>
          {selected.length === 0
            ? translate('history.selectAll')
            : translate(takesAll ? 'history.allSelected' : 'history.selected', { count: selected.length })}
        </span>
      </label>
      {selected.length > 0 && isEach && hasMore && !takesAll && (
        <button type="button" className="brandkit-link" onClick={() => setAll(true)}>
          {translate('history.selectMatching')}
        </button>
      )}
      {selected.length > 0 && (
        <div className="brandkit-bulk-actions">
          {takers
            .filter(({ taskIds }) => takesAll || taskIds.length > 0)
            .map(({ action, taskIds }) => (
              <button
                key={action}
                type="button"
                className="brandkit-button"
                data-action={action}
                aria-disabled={bulk.isBusy}
                onClick={() => {
                  if (!bulk.isBusy) bulk.ask(action, takesAll ? { conditions } : { taskIds })
                }}
              >
                {translate(`bulk.${action}`)}
                {!takesAll && <span className="brandkit-count">{translate.number(taskIds.length)}</span>}
              </button>
            ))}
        </div>
      )}
      <BulkQuestionBox bulk={bulk} onDone={finish} />
    </>
  )
}

/** The tasks that each action can take; the server decides the same again. */
const canTake: Readonly<Record<MatchingAction, (task: Pick<TaskSummary, 'status' | 'errorCode'>) => boolean>> = {
  cancel: ({ status }) => !isTerminal(status),
  retry: mayRetry,
  delete: ({ status }) => isTerminal(status),
}
