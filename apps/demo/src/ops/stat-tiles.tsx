import type { GetStatsResponse } from '@brandkit/core'

/** The figures that an operator looks at first. */
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
