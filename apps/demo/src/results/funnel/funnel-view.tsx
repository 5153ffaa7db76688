import type { TaskResult } from '@brandkit/core'
import type { PartialResult } from '../../sections/section.ts'
import { Facts } from '../facts.tsx'
import { formatCount, formatMoney } from '../format-quantity.ts'
import { FunnelMails } from './funnel-mails.tsx'
import { FunnelPicture } from './funnel-picture.tsx'
import { FunnelStages } from './funnel-stages.tsx'

export type FunnelCampaign = TaskResult<'GENERATE_FUNNEL_CAMPAIGN'>

/** A funnel: its picture once the forecast is there, its stages with what happens in each, and its mails. */
export function FunnelView({ result }: { result: PartialResult<'GENERATE_FUNNEL_CAMPAIGN'> }) {
  const { stages = [], assets = [], mails = [], forecast, currency = 'EUR', totalBudget = 0, goal = '' } = result
  return (
    <>
      {forecast && (
        <Facts
          facts={[
            { name: 'Budget', value: formatMoney(totalBudget, currency) },
            { name: goal, value: formatCount(forecast.conversions) },
            {
              name: 'Cost of one',
              value: forecast.costPerConversion === null ? '–' : formatMoney(forecast.costPerConversion, currency),
            },
            { name: 'Revenue', value: formatMoney(forecast.revenue, currency) },
          ]}
        />
      )}
      {forecast && <FunnelPicture stages={forecast.stages} />}
      {stages.length > 0 && <FunnelStages stages={stages} assets={assets} currency={currency} />}
      {mails.length > 0 && <FunnelMails mails={mails} />}
    </>
  )
}
