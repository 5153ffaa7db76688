import type { TaskResult } from '@brandkit/core'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { RESULT_FORMATS, toLabel } from '../parts/words.ts'
import { CopyText, Definitions, FilterButtons, type PartialResult, ResultCard } from '../parts/result-parts.tsx'

const { formatCount, formatShare, regionName } = RESULT_FORMATS

/** Trends, strongest first, each with an opportunity. */
export function TrendsView({ result }: { result: PartialResult<'GENERATE_TRENDS'> }) {
  const { trends, opportunities = [] } = result
  if (trends?.length === 0) return <NoTrends />
  return (
    <ol className="trends" aria-label="Trends">
      {(trends ?? []).map((trend) => {
        const opportunity = opportunities.find(({ trendKey }) => trendKey === trend.trendKey)
        return (
          <TrendCard key={trend.trendKey} trend={trend} tags={[toLabel(trend.medium)]}>
            {opportunity && (
              <Definitions
                look="answers"
                entries={[
                  { name: 'What to make of it', text: opportunity.angle },
                  { name: 'What to mind', text: opportunity.risk },
                ]}
              />
            )}
          </TrendCard>
        )
      })}
    </ol>
  )
}

/** Trends on Facebook, each with a post that answers it. */
export function FacebookTrendsView({ result }: { result: PartialResult<'GENERATE_FACEBOOK_TRENDS'> }) {
  const { trends, posting = [] } = result
  if (trends?.length === 0) return <NoTrends />
  return (
    <ol className="trends" aria-label="Trends">
      {(trends ?? []).map((trend) => {
        const { reactions, comments, shares, rate } = trend.engagement
        const answer = posting.find(({ trendKey }) => trendKey === trend.trendKey)
        return (
          <TrendCard key={trend.trendKey} trend={trend} tags={[toLabel(trend.surface)]}>
            <p className="soft">
              {formatCount(reactions)} reactions, {formatCount(comments)} comments, {formatCount(shares)} shares:{' '}
              {formatShare(rate)} of those who saw it
            </p>
            {answer && (
              <Definitions
                look="answers"
                entries={[
                  {
                    name: `${toLabel(answer.postKind)} at ${answer.hours.map((hour) => `${hour}:00`).join(', ')}`,
                    text: answer.draft,
                  },
                ]}
              />
            )}
          </TrendCard>
        )
      })}
    </ol>
  )
}

/** Trends by region, and their way from region to region. */
export function GlobalTrendsView({ result }: { result: PartialResult<'GENERATE_GLOBAL_TRENDS'> }) {
  const { regions = [], spread = [], localAngles = [] } = result
  const [chosen, setChosen] = useState<string | null>(null)
  const shown =
    regions.find(({ region }) => region === chosen) ?? regions.find(({ trends }) => trends.length > 0) ?? regions[0]
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
      <FilterButtons
        label="Region"
        options={regions.map(({ region, trends }) => ({
          value: region,
          name: (
            <>
              {regionName(region)} <span className="soft">{trends.length}</span>
            </>
          ),
        }))}
        chosen={shown.region}
        onChoose={setChosen}
      />
      {shown.trends.length === 0 && <NoTrends />}
      <ol className="trends" aria-label={`Trends in ${regionName(shown.region)}`}>
        {shown.trends.map((trend) => {
          const local = localAngles.find(
            ({ region, trendKey }) => region === shown.region && trendKey === trend.trendKey,
          )
          return (
            <TrendCard key={trend.trendKey} trend={trend} tags={[regionName(shown.region)]}>
              {local && (
                <Definitions
                  look="answers"
                  entries={[
                    { name: 'Here it means', text: local.angle },
                    { name: 'What to mind', text: local.caution },
                  ]}
                />
              )}
            </TrendCard>
          )
        })}
      </ol>
    </>
  )
}

interface TrendSpreadProps {
  spread: TaskResult<'GENERATE_GLOBAL_TRENDS'>['spread']
  nameOf: (trendKey: string) => string
}

/** One line for each trend: the origin at the left, each follower to the right by its delay. */
function TrendSpread({ spread, nameOf }: TrendSpreadProps) {
  const longest = Math.max(1, ...spread.flatMap(({ followers }) => followers.map(({ lagDays }) => lagDays)))
  return (
    <ul className="spread">
      {spread.map(({ trendKey, origin, followers }) => (
        <li key={trendKey}>
          <strong>{nameOf(trendKey)}</strong>
          <span className="spread-line" aria-hidden="true">
            <span className="spread-stop" data-origin="">
              {origin}
            </span>
            {followers.map(({ region, lagDays }) => (
              <span key={region} className="spread-stop" style={{ insetInlineStart: `${(lagDays / longest) * 88}%` }}>
                {region}
              </span>
            ))}
          </span>
          <span className="soft">
            Began in {regionName(origin)}
            {followers.map(({ region, lagDays }) => `; ${regionName(region)} ${formatLag(lagDays)}`).join('')}
          </span>
        </li>
      ))}
    </ul>
  )
}

function formatLag(days: number): string {
  const rounded = Math.round(days * 10) / 10
  if (rounded === 0) return 'at the same time'
  return `${rounded} ${rounded === 1 ? 'day' : 'days'} later`
}

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
function TrendCard({ trend, tags, children }: TrendCardProps) {
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
        {growth !== null && direction !== 'steady' && <span className="tag">{formatGrowth(growth)}</span>}
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </p>
      {children}
      <p>
        <CopyText text={`${name}\n\n${summary}`} what={name} />
      </p>
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

/** The burst score in words: standard deviations from the usual value, as far as they say something. */
function formatBurst(score: number): string {
  if (Math.abs(score) < 0.5) return 'About as usual'
  return `${Math.abs(score).toFixed(1)} σ ${score < 0 ? 'below' : 'above'} usual`
}

function formatGrowth(growth: number): string {
  return new Intl.NumberFormat('en', {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: 0,
  }).format(growth)
}

/** An explanation of an empty result. */
function NoTrends() {
  return (
    <section className="empty">
      <h2>Nothing stands out</h2>
      <p className="soft">
        No talk of this topic was found in the feeds. Try a wider topic, other keywords or a longer span.
      </p>
    </section>
  )
}
