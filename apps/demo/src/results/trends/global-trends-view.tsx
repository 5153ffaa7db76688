import { useState } from 'react'
import { regionName } from '../../form/regions.ts'
import type { PartialResult } from '../../sections/section.ts'
import { ResultCard } from '../result-card.tsx'
import { NoTrends } from './no-trends.tsx'
import { TrendCard } from './trend-card.tsx'
import { TrendSpread } from './trend-spread.tsx'

/** Trends by region, and how they travelled from one to the next. */
export function GlobalTrendsView({ result }: { result: PartialResult<'GENERATE_GLOBAL_TRENDS'> }) {
  const { regions = [], spread = [], localAngles = [] } = result
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = regions.find(({ region }) => region === chosen) ?? regions[0]
  if (!shown) return null
  const nameOf = (trendKey: string) =>
    regions.flatMap(({ trends }) => trends).find((trend) => trend.trendKey === trendKey)?.name ?? trendKey
  return (
    <>
      {spread.length > 0 && (
        <ResultCard title="Across borders" hint="Where each began, and how many days later others followed.">
          <TrendSpread spread={spread} nameOf={nameOf} />
        </ResultCard>
      )}
      <div className="filter" role="group" aria-label="Region">
        {regions.map(({ region, trends }) => (
          <button
            key={region}
            type="button"
            className="secondary"
            aria-pressed={region === shown.region}
            onClick={() => setChosen(region)}
          >
            {regionName(region)} <span className="soft">{trends.length}</span>
          </button>
        ))}
      </div>
      {shown.trends.length === 0 && <NoTrends />}
      <ol className="trends" aria-label={`Trends in ${regionName(shown.region)}`}>
        {shown.trends.map((trend) => {
          const local = localAngles.find(
            ({ region, trendKey }) => region === shown.region && trendKey === trend.trendKey,
          )
          return (
            <TrendCard key={trend.trendKey} trend={trend} tags={[regionName(shown.region)]}>
              {local && (
                <dl className="answers">
                  <div>
                    <dt>Here it means</dt>
                    <dd>{local.angle}</dd>
                  </div>
                  <div>
                    <dt>What to mind</dt>
                    <dd>{local.caution}</dd>
                  </div>
                </dl>
              )}
            </TrendCard>
          )
        })}
      </ol>
    </>
  )
}
