import type { TaskResult } from '@brandkit/core'
import { OBJECTIVE_NAMES } from '../media-plan/media-plan-names.ts'
import { BudgetSplit } from './budget-split.tsx'
import { formatCount, formatDay, formatMoney } from './format-quantity.ts'
import { PlanCalendar } from './plan-calendar.tsx'
import { PlanMessages } from './plan-messages.tsx'
import { ReachTable } from './reach-table.tsx'

export type MediaPlan = TaskResult<'GENERATE_MEDIA_PLAN'>

/** A finished media plan. */
export function MediaPlanView({ plan }: { plan: MediaPlan }) {
  const { calendar, reach } = plan
  const first = calendar[0]
  const impressions = reach.reduce((sum, channel) => sum + channel.impressions, 0)
  return (
    <>
      <header className="plan-head">
        <p className="eyebrow">Media plan · {OBJECTIVE_NAMES[plan.objective].name}</p>
        <h1>{plan.campaignName}</h1>
        <dl className="facts">
          <div>
            <dt>Budget</dt>
            <dd>{formatMoney(plan.totalBudget, plan.currency)}</dd>
          </div>
          <div>
            <dt>Starts</dt>
            <dd>{first ? formatDay(first.startDate) : '–'}</dd>
          </div>
          <div>
            <dt>Weeks</dt>
            <dd>{calendar.length}</dd>
          </div>
          <div>
            <dt>Impressions</dt>
            <dd>{formatCount(impressions)}</dd>
          </div>
        </dl>
      </header>
      <BudgetSplit plan={plan} />
      <ReachTable plan={plan} />
      <PlanCalendar plan={plan} />
      <PlanMessages plan={plan} />
    </>
  )
}
