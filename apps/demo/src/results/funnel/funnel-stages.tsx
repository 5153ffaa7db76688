import { formatMoney, formatShare } from '../format-quantity.ts'
import { ResultCard } from '../result-card.tsx'
import type { FunnelCampaign } from './funnel-view.tsx'
import { STAGE_NAMES } from './stage-names.ts'

interface FunnelStagesProps {
  stages: FunnelCampaign['stages']
  assets: FunnelCampaign['assets']
  currency: string
}

/** What each stage is for, what it costs, and what is made for it. */
export function FunnelStages({ stages, assets, currency }: FunnelStagesProps) {
  return (
    <ResultCard title="Stages">
      <ol className="stages">
        {stages.map(({ stage, objective, message, share, amount }, index) => (
          <li key={stage} data-hue={index % 6}>
            <header>
              <h3>{STAGE_NAMES[stage]}</h3>
              <span className="soft">
                {formatMoney(amount, currency)}, {formatShare(share)}
              </span>
            </header>
            <p className="soft">{objective}</p>
            <p className="stage-message">{message}</p>
            <ul className="assets">
              {assets
                .filter((asset) => asset.stage === stage)
                .map(({ kind, title, brief, callToAction }) => (
                  <li key={kind + title}>
                    <span className="tag">{kind.replace('-', ' ')}</span>
                    <strong>{title}</strong>
                    <span>{brief}</span>
                    <span className="call">{callToAction}</span>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
    </ResultCard>
  )
}
