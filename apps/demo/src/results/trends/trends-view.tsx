import type { PartialResult } from '../../sections/section.ts'
import { NoTrends } from './no-trends.tsx'
import { MEDIUM_NAMES } from './trend-names.ts'
import { TrendCard } from './trend-card.tsx'

/** Trends, strongest first, each with what to make of it. */
export function TrendsView({ result }: { result: PartialResult<'GENERATE_TRENDS'> }) {
  const { trends, opportunities = [] } = result
  if (trends?.length === 0) return <NoTrends />
  return (
    <ol className="trends" aria-label="Trends">
      {(trends ?? []).map((trend) => {
        const opportunity = opportunities.find(({ trendKey }) => trendKey === trend.trendKey)
        return (
          <TrendCard key={trend.trendKey} trend={trend} tags={[MEDIUM_NAMES[trend.medium]]}>
            {opportunity && (
              <dl className="answers">
                <div>
                  <dt>What to make of it</dt>
                  <dd>{opportunity.angle}</dd>
                </div>
                <div>
                  <dt>What to mind</dt>
                  <dd>{opportunity.risk}</dd>
                </div>
              </dl>
            )}
          </TrendCard>
        )
      })}
    </ol>
  )
}
