'use client'

import type { TaskSummary, TaskPhase } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useColleagueName } from '../../hooks/use-colleague-name.js'
import { useTaskHints } from '../../hooks/use-task-hints.js'
import { useAtTime } from '../../provider/use-at-time.js'
import { useNow } from '../../provider/use-now.js'
import { useTranslate } from '../../provider/use-translate.js'
import { ItemCount } from './item-count.js'
import { RelativeTime } from './relative-time.js'

/** Servers send this number for place 1,000 and all later ones. */
const MOST_POSITION = 1_000

interface TaskDetailProps {
  task: TaskSummary
  phase: TaskPhase
  /** The words of the phase, as `useTaskPhase` gives them. */
  label: string
}

/** The line under the title: the colleague whose task it is, what the task does, and for how long. */
export function TaskDetail({ task, phase, label }: TaskDetailProps): ReactNode {
  const translate = useTranslate()
  const name = useColleagueName(task)
  return (
    <>
      {name && <span className="brandkit-detail-text">{translate('row.by', { name })}</span>}
      <span className="brandkit-detail-text">{label}</span>
      <PhaseDetail task={task} phase={phase} />
      {task.completedAt && <RelativeTime date={task.completedAt} />}
    </>
  )
}

function PhaseDetail({ task, phase }: Omit<TaskDetailProps, 'label'>) {
  if (phase === 'running') return <RunningDetail task={task} />
  if (phase === 'throttled') return <ThrottledDetail task={task} />
  if (phase === 'waiting') return <WaitingDetail task={task} />
  if (phase === 'waiting-for-task') return <FollowingDetail task={task} />
  if (phase === 'retrying') return <RetryingDetail task={task} />
  if (phase === 'completed') return <CompletedDetail task={task} />
  return null
}

interface DetailProps {
  task: TaskSummary
}

function RunningDetail({ task }: DetailProps) {
  const translate = useTranslate()
  const now = useNow()
  return (
    <>
      <ItemCount items={task.steps?.find(({ key }) => key === task.currentStep)?.items} />
      {now !== null && task.startedAt && (
        <span className="brandkit-time">
          {translate('row.elapsed', { time: translate.duration(now - task.startedAt.getTime()) })}
        </span>
      )}
      <Remaining taskId={task.taskId} />
    </>
  )
}

/** How long the task will probably still take. Says nothing once the estimate has passed. */
function Remaining({ taskId }: { taskId: string }) {
  const translate = useTranslate()
  const end = useTaskHints(taskId)?.estimatedCompletion
  const time = useAtTime((now) => {
    const remaining = end && now !== null ? Date.parse(end) - now : 0
    return remaining > 0 ? translate.estimate(remaining) : null
  })
  return time && <span className="brandkit-time">{translate('row.remaining', { time })}</span>
}

function ThrottledDetail({ task: { waitingFor } }: DetailProps) {
  const translate = useTranslate()
  const time = useAtTime((now) =>
    waitingFor && now !== null ? translate.estimate(waitingFor.until.getTime() - now) : null,
  )
  return time && <span className="brandkit-time">{translate('row.waitLeft', { time })}</span>
}

/** The label names one task that must end first, and counts several; their titles stand here. */
function FollowingDetail({ task: { waitsFor } }: DetailProps) {
  const translate = useTranslate()
  if (!waitsFor || waitsFor.length < 2) return null
  return <span className="brandkit-detail-text">{translate.list(waitsFor.map(({ title }) => title))}</span>
}

function WaitingDetail({ task }: DetailProps) {
  const translate = useTranslate()
  const position = useTaskHints(task.taskId)?.position
  if (position === undefined) return null
  return (
    // Positions count from 1, the next task to start.
    <span className="brandkit-time">
      {translate(position >= MOST_POSITION ? 'row.positionMost' : 'row.position', { count: position - 1 })}
    </span>
  )
}

function RetryingDetail({ task }: DetailProps) {
  const translate = useTranslate()
  if (task.lastError === undefined) return <WaitingDetail task={task} />
  return (
    <span className="brandkit-cause">
      <bdi>{translate.cause(task)}</bdi>
    </span>
  )
}

function CompletedDetail({ task: { actualDuration } }: DetailProps) {
  const translate = useTranslate()
  if (actualDuration === undefined) return null
  return (
    <span className="brandkit-time">
      {translate('row.took', { time: translate.duration(Math.max(1_000, actualDuration)) })}
    </span>
  )
}
