'use client'

import type { TaskSummary, TaskPhase } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useColleagueName } from '../../hooks/use-colleague-name.js'
import { useTaskHints } from '../../hooks/use-task-hints.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { useNow } from '../../provider/use-now.js'
import { useTranslate } from '../../provider/use-translate.js'
import { ItemCount } from './item-count.js'

/** Beyond this span a time of day is easier to read than a duration. */
const FAR_MS = 6 * 3_600_000
/** Servers send this number for place 1,000 and all later ones. */
const MOST_POSITION = 1_000

interface TaskDetailProps {
  task: TaskSummary
  phase: TaskPhase
}

/** The line under the title: the colleague whose task it is, what the task does, and for how long. */
export function TaskDetail({ task, phase }: TaskDetailProps): ReactNode {
  const translate = useTranslate()
  const name = useColleagueName(task)
  return (
    <>
      {name && <span className="brandkit-detail-text">{translate('row.by', { name })}</span>}
      <PhaseDetail task={task} phase={phase} />
    </>
  )
}

function PhaseDetail({ task, phase }: TaskDetailProps) {
  if (phase === 'running') return <RunningDetail task={task} />
  if (phase === 'throttled') return <ThrottledDetail task={task} />
  if (phase === 'waiting' || phase === 'scheduled' || phase === 'retrying')
    return <QueuedDetail task={task} phase={phase} />
  if (phase === 'waiting-for-task') return <FollowingDetail task={task} />
  if (phase === 'cancelled') return <CancelledDetail task={task} />
  return <EndedDetail task={task} phase={phase} />
}

function RunningDetail({ task }: { task: TaskSummary }) {
  const translate = useTranslate()
  const hints = useTaskHints(task.taskId)
  const now = useNow()
  const remaining = hints?.estimatedCompletion && now !== null ? Date.parse(hints.estimatedCompletion) - now : 0
  return (
    <>
      <span className="brandkit-detail-text">
        {task.currentStep ? translate.step(task, task.currentStep) : translate('phase.running')}
      </span>
      <ItemCount items={task.steps?.find(({ key }) => key === task.currentStep)?.items} />
      {now !== null && task.startedAt && (
        <span className="brandkit-time">
          {translate('row.elapsed', { time: translate.duration(now - task.startedAt.getTime()) })}
        </span>
      )}
      {remaining > 0 && (
        <span className="brandkit-time">{translate('row.remaining', { time: translate.duration(remaining) })}</span>
      )}
    </>
  )
}

function ThrottledDetail({ task: { waitingFor } }: { task: TaskSummary }) {
  const translate = useTranslate()
  const now = useNow()
  if (!waitingFor) return null
  const waitMs = now === null ? 0 : waitingFor.until.getTime() - now
  const values = { provider: waitingFor.provider, time: translate.duration(Math.max(1_000, waitMs)) }
  return <span className="brandkit-detail-text">{translate('row.waitsFor', values)}</span>
}

function FollowingDetail({ task: { waitsFor } }: { task: TaskSummary }) {
  const translate = useTranslate()
  if (!waitsFor) return null
  const values = { title: waitsFor[0]?.title ?? '', count: waitsFor.length - 1 }
  return <span className="brandkit-detail-text">{translate('row.follows', values)}</span>
}

function QueuedDetail({ task, phase }: { task: TaskSummary; phase: 'waiting' | 'scheduled' | 'retrying' }) {
  const translate = useTranslate()
  const position = useTaskHints(task.taskId)?.position
  const now = useNow()
  const waitMs = now === null ? 0 : task.runAt.getTime() - now
  const time = translate.duration(waitMs)

  // A task that was released by a worker's shutdown waits as well, but has no error to show.
  if (phase === 'retrying' && task.lastError !== undefined) {
    const values = { attempt: task.retryCount + 1, most: task.maxRetries, time }
    return (
      <>
        <span className="brandkit-detail-text">{translate(waitMs > 0 ? 'row.retryIn' : 'row.retrySoon', values)}</span>
        <span className="brandkit-cause">
          <bdi>{task.lastError}</bdi>
        </span>
      </>
    )
  }
  if (phase === 'scheduled' && waitMs > 0)
    return (
      <span className="brandkit-detail-text">
        {waitMs > FAR_MS
          ? translate('row.startsAt', { time: translate.moment(task.runAt) })
          : translate('row.startsIn', { time })}
      </span>
    )
  return (
    <>
      <span className="brandkit-detail-text">{translate('phase.waiting')}</span>
      {position !== undefined && (
        // Positions count from 1, the next task to start.
        <span className="brandkit-time">
          {translate(position >= MOST_POSITION ? 'row.positionMost' : 'row.position', { count: position - 1 })}
        </span>
      )}
    </>
  )
}

function EndedDetail({ task, phase }: { task: TaskSummary; phase: 'completed' | 'failed' }) {
  const translate = useTranslate()
  return (
    <>
      <span className="brandkit-detail-text">{translate(`phase.${phase}`)}</span>
      {task.status === 'completed' && task.actualDuration !== undefined && (
        <span className="brandkit-time">
          {translate('row.took', { time: translate.duration(Math.max(1_000, task.actualDuration)) })}
        </span>
      )}
    </>
  )
}

/** Names the person who cancelled the task, unless the owner or the signed-in user did. */
function CancelledDetail({ task: { userId, cancelledBy = userId } }: { task: TaskSummary }) {
  const translate = useTranslate()
  const { session, nameOf } = useTaskContext()
  const isPlain = cancelledBy === userId || session.isOwn({ userId: cancelledBy })
  const name = isPlain ? undefined : nameOf?.(cancelledBy)
  const unnamed = isPlain ? 'phase.cancelled' : 'row.cancelledByOther'
  return (
    <span className="brandkit-detail-text">{name ? translate('row.cancelledBy', { name }) : translate(unnamed)}</span>
  )
}
