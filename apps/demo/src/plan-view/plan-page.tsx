import { useTaskPolling } from '@brandkit/react'
import type { TaskId } from '@brandkit/core'
import { Link } from '../shell/link.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'
import { MediaPlanView } from './media-plan-view.tsx'
import { PlanInTheMaking } from './plan-in-the-making.tsx'

/** One plan by its address, whatever state it is in. */
export function PlanPage({ taskId }: { taskId: TaskId<'GENERATE_MEDIA_PLAN'> }) {
  const { data: task, error } = useTaskPolling<'GENERATE_MEDIA_PLAN'>(taskId)
  usePageTitle(task?.title ?? 'Media plan')

  return (
    <article className="plan-page">
      <Link href="/media-plan" className="back">
        ← All media plans
      </Link>
      {!task && !error && <p className="loading">Looking for the plan…</p>}
      {!task && error && <Missing detail={error.code === 'task_not_found' ? UNKNOWN : error.message} />}
      {task?.status === 'completed' && <MediaPlanView plan={task.result} />}
      {task && task.status !== 'completed' && <PlanInTheMaking task={task} />}
    </article>
  )
}

const UNKNOWN = 'It may belong to somebody else, or it was removed.'

function Missing({ detail }: { detail: string }) {
  return (
    <section className="empty">
      <h1>This plan cannot be shown</h1>
      <p className="soft">{detail}</p>
    </section>
  )
}
