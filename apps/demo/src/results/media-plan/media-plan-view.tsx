import type { TaskResult } from '@brandkit/core'
import type { PartialResult } from '../../sections/section.ts'
import { Facts } from '../facts.tsx'
import { formatCount, formatDay, formatMoney } from '../format-quantity.ts'
import { BudgetSplit } from './budget-split.tsx'
import { OBJECTIVE_NAMES } from './media-plan-names.ts'
import { PlanCalendar } from './plan-calendar.tsx'
import { PlanMessages } from './plan-messages.tsx'
import { ReachTable } from './reach-table.tsx'

export type MediaPlan = TaskResult<'GENERATE_MEDIA_PLAN'>

/** A finished media plan: its parts only make sense together, so none is shown before the end. */
export function MediaPlanView({ result }: { result: PartialResult<'GENERATE_MEDIA_PLAN'> }) {
  if (!isFinished(result)) return null
  const { calendar, reach, objective, totalBudget, currency } = result
  const first = calendar[0]
  const impressions = reach.reduce((sum, channel) => sum + channel.impressions, 0)
  return (
    <>
      <Facts
        facts={[
          { name: 'Objective', value: OBJECTIVE_NAMES[objective].name },
          { name: 'Budget', value: formatMoney(totalBudget, currency) },
          { name: 'Starts', value: first ? formatDay(first.startDate) : '–' },
          { name: 'Weeks', value: String(calendar.length) },
          { name: 'Impressions', value: formatCount(impressions) },
        ]}
      />
      <BudgetSplit plan={result} />
      <ReachTable plan={result} />
      <PlanCalendar plan={result} />
      <PlanMessages plan={result} />
    </>
  )
}

function isFinished(result: PartialResult<'GENERATE_MEDIA_PLAN'>): result is MediaPlan {
  return result.mediaPlanGroupId !== undefined
}
