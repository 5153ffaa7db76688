import type { PartialResult } from '../../sections/section.ts'
import { formatCount, formatShare } from '../format-quantity.ts'
import { NoTrends } from './no-trends.tsx'
import { TrendCard } from './trend-card.tsx'
import { POST_KIND_NAMES, SURFACE_NAMES } from './trend-names.ts'

/** Trends of Facebook, each with the post that answers it. */
export function FacebookTrendsView({ result }: { result: PartialResult<'GENERATE_FACEBOOK_TRENDS'> }) {
  const { trends, posting = [] } = result
  if (trends?.length === 0) return <NoTrends />
  return (
    <ol className="trends" aria-label="Trends">
      {(trends ?? []).map((trend) => {
        const { reactions, comments, shares, rate } = trend.engagement
        const answer = posting.find(({ trendKey }) => trendKey === trend.trendKey)
        return (
          <TrendCard key={trend.trendKey} trend={trend} tags={[SURFACE_NAMES[trend.surface]]}>
            <p className="soft">
              {formatCount(reactions)} reactions, {formatCount(comments)} comments, {formatCount(shares)} shares:{' '}
              {formatShare(rate)} of those who saw it
            </p>
            {answer && (
              <dl className="answers">
                <div>
                  <dt>
                    {POST_KIND_NAMES[answer.postKind]} at {answer.hours.map((hour) => `${hour}:00`).join(', ')}
                  </dt>
                  <dd>{answer.draft}</dd>
                </div>
              </dl>
            )}
          </TrendCard>
        )
      })}
    </ol>
  )
}
