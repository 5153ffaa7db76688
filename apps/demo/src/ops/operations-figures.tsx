import type { GetStatsResponse } from '@brandkit/core'
import { BRAND_TASK_TYPES } from '@brandkit/core/brand-tasks'
import { formatDuration } from '../parts/format-quantity.ts'
import { ResultCard, ScrollRegion } from '../parts/result-parts.tsx'
import { sectionOf } from '../sections/sections.ts'

/** The main figures for an operator. */
export function StatTiles({ stats }: { stats: GetStatsResponse }) {
  const { queued, due, processing, completed, failed, cancelled, endedPerMinute, waitingMessages } = stats
  const tiles = [
    { name: 'Waiting', value: queued, hint: `${due} could start now` },
    {
      name: 'Running',
      value: processing,
      hint: waitingMessages === undefined ? '' : `${waitingMessages} in the queue`,
    },
    { name: 'Ended a minute', value: endedPerMinute.toFixed(1), hint: 'over the last five' },
    { name: 'Ready', value: completed, hint: `${cancelled} cancelled` },
    { name: 'Failed', value: failed, hint: '', isBad: failed > 0 },
  ]
  return (
    <dl className="tiles">
      {tiles.map(({ name, value, hint, isBad }) => (
        <div key={name} className="tile" data-bad={isBad ? '' : undefined}>
          <dt>{name}</dt>
          <dd>
            {value}
            {hint && <span className="soft">{hint}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The durations of each type. The bar compares medians; the mark shows the 95th percentile. */
export function DurationTable({ durations }: { durations: GetStatsResponse['durations'] }) {
  const rows = BRAND_TASK_TYPES.flatMap((type) => {
    const duration = durations[type]
    return duration ? [{ type, ...duration }] : []
  })
  if (rows.length === 0) return null
  const longest = Math.max(1, ...rows.map(({ p95Ms }) => p95Ms))
  return (
    <ResultCard title="Durations" hint="From the first start to completion; the latest 200 of each type.">
      <ScrollRegion label="Durations by type">
        <table className="durations">
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Tasks</th>
              <th scope="col">Median</th>
              <th scope="col">95 %</th>
              <th scope="col">Compared</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ type, count, medianMs, p95Ms }) => (
              <tr key={type}>
                <th scope="row">{sectionOf(type).name}</th>
                <td>{count}</td>
                <td>{formatDuration(medianMs)}</td>
                <td>{formatDuration(p95Ms)}</td>
                <td className="duration-bar">
                  <span className="visually-hidden">{Math.round((100 * medianMs) / longest)} % of the longest</span>
                  <span className="duration-track">
                    <span className="duration-median" style={{ width: `${(100 * medianMs) / longest}%` }} />
                    <i style={{ insetInlineStart: `${(100 * p95Ms) / longest}%` }} />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </ResultCard>
  )
}
