import type { TaskResult } from '@brandkit/core'
import { lazy, type ReactNode, Suspense } from 'react'
import { toLabel } from '../parts/format-quantity.ts'

// The chart library is loaded with the first chart.
const TrendChart = lazy(async () => ({ default: (await import('./trend-chart.tsx')).TrendChart }))

type Trend = TaskResult<'GENERATE_GLOBAL_TRENDS'>['regions'][number]['trends'][number]

interface TrendCardProps {
  trend: Trend
  tags: readonly string[]
  /** Extra content for a kind of report. */
  children?: ReactNode
}

/** A trend: its size, its growth, its subject, and its sources. */
export function TrendCard({ trend, tags, children }: TrendCardProps) {
  const { name, summary, direction, burstScore, growth, series, sources } = trend
  return (
    <li className="card trend" data-direction={direction}>
      <header>
        <h2>{name}</h2>
        <span className="trend-direction">{toLabel(direction)}</span>
      </header>
      <p>{summary}</p>
      <Suspense fallback={<div className="trend-chart trend-chart-coming" />}>
        <TrendChart name={name} series={series} />
      </Suspense>
      <p className="idea-tags">
        <span className="tag">{formatBurst(burstScore)}</span>
        {growth !== null && <span className="tag">{formatGrowth(growth)}</span>}
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </p>
      {children}
      {sources.length > 0 && (
        <details>
          <summary>
            {sources.length} {sources.length === 1 ? 'source' : 'sources'}
          </summary>
          <ul className="sources">
            {sources.map(({ title, url }) => (
              <li key={url}>
                <a href={url} rel="noreferrer nofollow" target="_blank">
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

/** The burst score in words: standard deviations from the usual value. */
function formatBurst(score: number): string {
  return `${Math.abs(score).toFixed(1)} σ ${score < 0 ? 'below' : 'above'} usual`
}

function formatGrowth(growth: number): string {
  return new Intl.NumberFormat(undefined, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: 0,
  }).format(growth)
}

/** An explanation of an empty result. */
export function NoTrends() {
  return (
    <section className="empty">
      <h2>Nothing stands out</h2>
      <p className="soft">
        No talk of this topic was found in the feeds. Try a wider topic, other keywords or a longer span.
      </p>
    </section>
  )
}
