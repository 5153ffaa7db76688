'use client'

import { isTaskError, type TaskError } from '@brandkit/core'
import { type ReactNode, useRef, useState } from 'react'
import { useTaskMutation } from '../../hooks/use-task-mutation.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useTranslate } from '../../provider/use-translate.js'
import { actOnEach } from '../list-parts/act-on-each.js'
import { type Asking } from '../task-parts/cancel-action.js'
import { Question, takeFocus } from '../task-parts/question.js'
import { useFocusHandover } from '../use-focus-handover.js'
import type { TaskGroupName } from './group-tasks.js'

interface GroupActionProps {
  name: TaskGroupName
  /** The tasks that the action takes. */
  ids: readonly string[]
}

const WORDS = {
  active: { action: 'action.cancelAll', ask: 'bulk.cancelQuestion', no: 'ask.keepRunning' },
  attention: { action: 'action.retryAll', ask: 'bulk.retryQuestion', no: 'bulk.decline' },
  ended: { action: 'action.clear', ask: 'ask.clear', no: 'ask.keep' },
} as const satisfies Record<TaskGroupName, object>

/**
 * One action for all tasks of a group: cancels, tries again, or clears them away. Asks once. Each task is a request: a filter
 * would also take what the panel does not show, and what belongs to colleagues.
 */
export function GroupAction({ name, ids }: GroupActionProps): ReactNode {
  const translate = useTranslate()
  const { announcer, session } = useTaskContext()
  const [asking, setAsking] = useState<Asking>('unasked')

  const act = useTaskMutation((taskIds: readonly string[]) =>
    actOnEach(
      taskIds,
      async (taskId) => {
        if (name === 'active') return session.cancel(taskId).catch(unlessOver)
        return name === 'attention' ? session.retry(taskId) : session.dismiss(taskId)
      },
      () => {},
    ),
  )
  // One task has a button of its own.
  if (ids.length === 0 || (ids.length === 1 && asking === 'unasked')) return null

  const words = WORDS[name]
  const toProblem = (refused: number, error: TaskError | null) => {
    if (error) return translate.failure('failure.bulk', error)
    return refused > 0 ? translate('bulk.refused', { count: refused }) : null
  }
  const begin = () => {
    setAsking('answered')
    act.mutate(ids, {
      onSettled: (progress, error) => {
        const text = toProblem(progress?.refused ?? 0, error)
        if (text) announcer.say({ urgency: 'assertive', text })
      },
    })
  }
  const problem = act.isPending ? null : toProblem(act.data?.refused ?? 0, act.error)
  return (
    <ActionArea>
      {problem && <span className="brandkit-cause">{problem}</span>}
      {asking === 'asked' ? (
        <Question
          text={translate(words.ask, { count: ids.length })}
          yes={translate(words.action)}
          no={translate(words.no)}
          onYes={begin}
          onNo={() => setAsking('answered')}
        />
      ) : (
        <button
          ref={asking === 'answered' ? takeFocus : undefined}
          type="button"
          className="brandkit-button"
          data-quiet
          aria-disabled={act.isPending}
          onClick={() => !act.isPending && setAsking('asked')}
        >
          {translate(name === 'active' && act.isPending ? 'row.cancelling' : words.action)}
        </button>
      )}
    </ActionArea>
  )
}

/** Hands the focus to the list when the action goes, which happens with the last task that it takes. */
function ActionArea({ children }: { children: ReactNode }) {
  const area = useRef<HTMLDivElement>(null)
  useFocusHandover(area, (from) => from.closest<HTMLElement>('.brandkit-panel-list')?.focus())
  return (
    <div ref={area} className="brandkit-group-action">
      {children}
    </div>
  )
}

/** A task that has ended meanwhile needs no cancel any more. */
function unlessOver(error: unknown): void {
  if (!isTaskError(error) || error.code !== 'task_is_over') throw error
}
