'use client'

import type { GetStatsResponse, TaskStatus } from '@brandkit/core'
import type { ReactNode } from 'react'
import type { OperationsFilter } from './operations-filter.js'
import { useOperations } from './operations-context.js'
import { classOf, inFrame } from './operations-looks.js'
import { sumOf } from './throughput-chart.js'

interface FigureTilesProps {
  figures: GetStatsResponse
  span: OperationsFilter['span']
}

interface Tile {
  key: TaskStatus | 'workers'
  value: string
  hint: ReactNode
  state?: 'bad' | undefined
}

/** The figures that an operator looks at first. */
export function FigureTiles({ figures, span }: FigureTilesProps): ReactNode {
  const { text, looks } = useOperations()
  const { queued, due, processing, waitingMessages, endedPerMinute, workers, throughput } = figures
  const isWhole = span === 'all' || !throughput
  const failed = isWhole ? figures.failed : sumOf(throughput.failed)
  const completed = isWhole ? figures.completed : sumOf(throughput.completed)
  const judged = failed + completed
  const tiles: Tile[] = [
    {
      key: 'failed',
      value: text.number(failed),
      hint: judged > 0 && text('tile.failedHint', { percent: text.percent((100 * failed) / judged) }),
      state: failed > 0 ? 'bad' : undefined,
    },
    {
      key: 'processing',
      value: text.number(processing),
      hint:
        workers &&
        text('tile.runningHint', { percent: text.percent((100 * processing) / workers.slots), slots: workers.slots }),
    },
    {
      key: 'queued',
      value: text.number(queued),
      hint: [
        text('tile.waitingHint', { count: due }),
        ...(waitingMessages === undefined ? [] : [text('tile.messages', { count: waitingMessages })]),
      ].join(' · '),
    },
    {
      key: 'completed',
      value: text.number(completed),
      hint: text('tile.completedHint', { rate: text.rate(endedPerMinute) }),
    },
    {
      key: 'workers',
      value: workers ? text.number(workers.alive) : '–',
      hint: workers ? text('tile.workersHint', { count: workers.slots }) : text('tile.workersNone'),
      state: !workers && due > 0 ? 'bad' : undefined,
    },
  ]
  return (
    <dl className={classOf(looks, 'tiles')}>
      {inFrame(
        looks,
        'tiles',
        tiles.map(({ key, value, hint, state }) => (
          <div key={key} data-tile={key} data-state={state}>
            <dt>{key === 'workers' ? text('tile.workers') : text.status(key)}</dt>
            <dd>
              <strong>{value}</strong>
              {hint && <span>{hint}</span>}
            </dd>
          </div>
        )),
      )}
    </dl>
  )
}
