import type { TaskResult } from '@brandkit/core'
import { regionName } from '../../form/regions.ts'

interface TrendSpreadProps {
  spread: TaskResult<'GENERATE_GLOBAL_TRENDS'>['spread']
  nameOf: (trendKey: string) => string
}

/** One line a trend: the origin at the left, followers as far to the right as they were late. */
export function TrendSpread({ spread, nameOf }: TrendSpreadProps) {
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
