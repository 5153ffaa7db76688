'use client'

import { isTerminal, type TaskPhase, type TaskSummary } from '@brandkit/core'
import { memo, type MouseEvent, type ReactNode } from 'react'
import { type ShownTask, useShownTask } from '../../hooks/use-shown-task.js'
import { useTaskPhase } from '../../hooks/use-task-phase.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { usePageTranslate } from '../../provider/use-page-translate.js'
import { CancelAction } from '../task-parts/cancel-action.js'
import { FoldedSteps } from '../task-parts/folded-steps.js'
import { RelativeTime } from '../task-parts/relative-time.js'
import { TaskBar } from '../task-parts/task-bar.js'
import { TaskDetail } from '../task-parts/task-detail.js'
import { TaskFailure } from '../task-parts/task-failure.js'
import { TaskResult } from '../task-parts/task-result.js'
import { TaskTitle } from '../task-parts/task-title.js'
import { EndedActions } from '../ended-actions.js'
import { inSlot, type Looks, partProps } from '../looks.js'
import { PhaseIcon } from '../phase-icon.js'
import { DeleteButton } from './delete-button.js'
import { DeletedRow } from './deleted-row.js'

/** What a row can do besides showing its task. Stays the same object between renders. */
export interface RowHandlers {
  readonly select: (taskId: string, options: { range: boolean }) => void
  readonly narrowToTag: (tag: string) => void
  readonly remove: (taskId: string) => void
  readonly undo: (taskId: string) => void
  readonly hold: (taskId: string) => void
  readonly release: (taskId: string) => void
}

interface HistoryRowProps {
  taskId: string
  /** As the server has listed it. `undefined` for a task that has started since. */
  listed: TaskSummary | undefined
  /** `null` when rows cannot be selected. */
  isSelected: boolean | null
  deleting: 'no' | 'pending' | 'refused'
  handlers: RowHandlers
  looks: Looks
}

const STEPS_IN_PHASE: ReadonlySet<TaskPhase> = new Set<TaskPhase>(['running', 'throttled', 'retrying', 'failed'])

/** The phases that say how long they have lasted already. */
const IN_WORK: ReadonlySet<TaskPhase> = new Set<TaskPhase>(['running', 'throttled', 'retrying'])

/** One task of the history. It reads its own cache entry, so that a change of one task renders one row. */
export const HistoryRow = memo(function HistoryRow(props: HistoryRowProps): ReactNode {
  const { taskId, listed, ...others } = props
  const shown: ShownTask = listed ? { task: listed } : { taskId }
  const { task } = useShownTask(shown)
  return task && <KnownRow task={task} {...others} />
})

interface KnownRowProps extends Omit<HistoryRowProps, 'taskId' | 'listed'> {
  task: TaskSummary
}

function KnownRow({ task, isSelected, deleting, handlers, looks }: KnownRowProps) {
  const translate = usePageTranslate()
  const { phase, label } = useTaskPhase(task)
  const { taskId } = task
  const title = looks.getTitle?.(task) ?? translate.title(task)
  const state = { phase, type: task.type }
  if (deleting === 'pending') return <DeletedRow taskId={taskId} title={title} state={state} handlers={handlers} />

  const content = (
    <>
      {isSelected !== null && (
        <input
          type="checkbox"
          className="brandkit-check"
          aria-label={translate('history.selectTask', { title })}
          checked={isSelected}
          onChange={({ nativeEvent }) =>
            handlers.select(taskId, { range: (nativeEvent as unknown as MouseEvent).shiftKey })
          }
        />
      )}
      <PhaseIcon phase={phase} />
      <div className="brandkit-row-main">
        <TaskTitle task={task} title={title} state={state} looks={looks} />
        <div {...partProps(looks, 'detail', state)}>
          {inSlot(
            looks,
            'detail',
            task,
            <>
              <TaskDetail task={task} phase={phase} label={label} />
              {!task.completedAt && !IN_WORK.has(phase) && <RelativeTime date={task.createdAt} />}
            </>,
          )}
        </div>
        {task.tags && <Tags tags={task.tags} onTag={handlers.narrowToTag} />}
      </div>
      <div {...partProps(looks, 'actions', state)}>
        {inSlot(looks, 'actions', task, <RowActions task={task} title={title} looks={looks} handlers={handlers} />)}
      </div>
      <div className="brandkit-row-more">
        {deleting === 'refused' && <p className="brandkit-cause">{translate('failure.delete')}</p>}
        {!isTerminal(task.status) && (
          <div {...partProps(looks, 'progress', state)}>
            {inSlot(looks, 'progress', task, <TaskBar task={task} title={title} />)}
          </div>
        )}
        {task.status === 'failed' && <TaskFailure task={task} title={title} />}
        {STEPS_IN_PHASE.has(phase) && task.steps && task.steps.length > 0 && (
          <FoldedSteps task={task} steps={task.steps} looks={looks} />
        )}
        {looks.renderResult && <TaskResult taskId={taskId} renderResult={looks.renderResult} />}
      </div>
    </>
  )
  return (
    <li
      {...partProps(looks, 'row', state)}
      data-task-id={taskId}
      data-selected={isSelected || undefined}
      tabIndex={-1}
      aria-label={title}
    >
      {inSlot(looks, 'row', task, content)}
    </li>
  )
}

interface RowPartProps {
  task: TaskSummary
  title: string
  handlers: RowHandlers
}

function RowActions({ task, title, looks, handlers }: RowPartProps & { looks: Looks }) {
  const { session } = useTaskContext()
  if (!isTerminal(task.status)) return <CancelAction task={task} title={title} />
  return (
    <>
      <EndedActions task={task} title={title} onOpenResult={looks.onOpenResult} />
      {session.isOwn(task) && <DeleteButton title={title} onClick={() => handlers.remove(task.taskId)} />}
    </>
  )
}

function Tags({ tags, onTag }: { tags: readonly string[]; onTag: (tag: string) => void }) {
  const translate = usePageTranslate()
  return (
    <p className="brandkit-tags">
      {tags.map((tag) => (
        <button
          key={tag}
          type="button"
          className="brandkit-tag"
          aria-label={translate('history.narrowToTag', { tag })}
          onClick={() => onTag(tag)}
        >
          <bdi>{tag}</bdi>
        </button>
      ))}
    </p>
  )
}
