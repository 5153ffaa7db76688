'use client'

import type { TaskStep, TaskSummary } from '@brandkit/core'
import type { ReactNode } from 'react'
import { type ShownTask, useLatestTry, useShownTask } from '../../hooks/use-shown-task.js'
import { useTaskPhase } from '../../hooks/use-task-phase.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { usePageTranslate } from '../../provider/use-page-translate.js'
import { inFrameSlot, type Looks, partProps } from '../looks.js'
import { InlineNote } from '../task-parts/inline-note.js'
import { StepList } from '../task-parts/step-list.js'
import { useLooks } from '../use-looks.js'

export type TaskStepsProps = Pick<Looks, 'classNames' | 'slots' | 'getTitle'> & ShownTask

/**
 * The steps of one task inside an app's page: the state of each, how many of its items are done, and how long it took. A task
 * without steps shows nothing. It follows the task, and after a retry the task that has taken its place.
 *
 * @example <TaskSteps taskId={plan.taskId} />
 */
export function TaskSteps(props: TaskStepsProps): ReactNode {
  const looks = useLooks(props)
  const givenId = props.task?.taskId ?? props.taskId ?? ''
  const latestId = useLatestTry(givenId)
  const { task, error } = useShownTask(props.task && latestId === givenId ? { task: props.task } : { taskId: latestId })
  if (!task) return <InlineNote error={error} lines={3} />
  return task.steps && task.steps.length > 0 ? <KnownTaskSteps task={task} steps={task.steps} looks={looks} /> : null
}

interface KnownTaskStepsProps {
  task: TaskSummary
  steps: readonly TaskStep[]
  looks: Looks
}

function KnownTaskSteps({ task, steps, looks }: KnownTaskStepsProps) {
  const { texts } = useTaskContext()
  const translate = usePageTranslate()
  const { phase } = useTaskPhase(task)
  const label = translate('inline.stepsOf', { title: looks.getTitle?.(task) ?? translate.title(task) })
  const { className, ...attributes } = partProps(looks, 'root', { phase, type: task.type })
  return (
    <div
      className={`brandkit-inline ${className}`}
      {...attributes}
      data-component="task-steps"
      data-task-id={task.taskId}
      lang={texts.lang}
    >
      {inFrameSlot(looks, 'root', phase, <StepList task={task} steps={steps} looks={looks} label={label} />)}
    </div>
  )
}
