import type { TaskStatus } from '@brandkit/core'
import { planPath } from '../plan-view/plan-path.ts'
import { Link } from '../shell/link.tsx'
import { type PlanTask, usePlans } from './use-plans.ts'

const STATUS_NAMES: Readonly<Record<TaskStatus, string>> = {
  queued: 'Waiting',
  processing: 'In the making',
  completed: 'Ready',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** Every plan of the user, newest first, each a link to what became of it. */
export function PlanList({ userId }: { userId: string }) {
  const { plans, isLoading } = usePlans(userId)
  if (isLoading && plans.length === 0) return <p className="loading">Looking for your plans…</p>
  if (plans.length === 0) {
    return (
      <section className="empty">
        <h2>No plans yet</h2>
        <p className="soft">
          Give a campaign a name, a budget and an audience. A few seconds later you have channels, a split that adds up,
          an estimate of reach, and a calendar.
        </p>
      </section>
    )
  }
  return (
    <ul className="plans" aria-label="Your media plans">
      {plans.map((plan) => (
        <PlanListItem key={plan.taskId} plan={plan} />
      ))}
    </ul>
  )
}

function PlanListItem({ plan }: { plan: PlanTask }) {
  return (
    <li>
      <Link href={planPath(plan.taskId)} className="plan" data-status={plan.status}>
        <span className="plan-title">{plan.title.replace(/^Media plan: /, '')}</span>
        <span className="soft">{when.format(plan.createdAt)}</span>
        <span className="status">
          {STATUS_NAMES[plan.status]}
          {plan.status === 'processing' && ` · ${Math.floor(plan.progress)} %`}
        </span>
      </Link>
    </li>
  )
}

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
