'use client'

import type { Throughput } from '@brandkit/core'
import { type CSSProperties, type PointerEvent, type ReactNode, useId, useState } from 'react'
import { useOperations } from './operations-context.js'
import { classOf, inFrame } from './operations-looks.js'

const ENDS = ['completed', 'cancelled', 'failed'] as const

/** How many tasks ended, and which part of them failed, over time. */
export function Charts({ throughput }: { throughput: Throughput }): ReactNode {
  const { text, looks } = useOperations()
  const { bucketMs, completed, failed, cancelled } = throughput
  const ended = completed.map((count, at) => count + (failed[at] ?? 0) + (cancelled[at] ?? 0))
  const judged = completed.map((count, at) => count + (failed[at] ?? 0))
  const rates = failed.map((count, at) => (count === 0 ? 0 : (100 * count) / (judged[at] ?? count)))
  const time = text.duration(bucketMs)
  const failures = sumOf(failed)
  return (
    <div className={classOf(looks, 'charts')}>
      {inFrame(
        looks,
        'charts',
        <>
          <Chart
            title={text('chart.throughput')}
            summary={text('chart.throughputText', {
              completed: sumOf(completed),
              failed: failures,
              cancelled: sumOf(cancelled),
              most: Math.max(0, ...ended),
              time,
            })}
            throughput={throughput}
            series={ENDS.map((end) => ({ name: text.status(end), end, values: throughput[end] }))}
            top={Math.max(0, ...ended)}
            format={text.number}
          />
          <Chart
            title={text('chart.failures')}
            summary={text('chart.failuresText', {
              percent: text.percent(failures === 0 ? 0 : (100 * failures) / sumOf(judged)),
              most: Math.max(0, ...failed),
              time,
            })}
            throughput={throughput}
            series={[{ name: text('chart.failures'), end: 'failed', values: rates }]}
            top={rates.some((rate) => rate > 0) ? Math.max(10, ...rates) : 0}
            format={text.percent}
          />
        </>,
      )}
    </div>
  )
}

interface ChartProps {
  title: string
  /** The chart in a sentence. */
  summary: string
  throughput: Throughput
  series: readonly { name: string; end: (typeof ENDS)[number]; values: readonly number[] }[]
  top: number
  format: (value: number) => string
}

/** Stacked bars. The sentence and the table say the same without them. */
function Chart({ title, summary, throughput, series, top, format }: ChartProps): ReactNode {
  const { text } = useOperations()
  const id = useId()
  const [at, setAt] = useState<number | null>(null)
  const { from, bucketMs, completed } = throughput
  const count = completed.length
  const timeOf = (bucket: number) => text.clock(new Date(Date.parse(from) + bucket * bucketMs), count * bucketMs)

  function onPointerMove({ currentTarget, clientX }: PointerEvent<HTMLElement>): void {
    const { left, width } = currentTarget.getBoundingClientRect()
    const isReversed = getComputedStyle(currentTarget).direction === 'rtl'
    const share = isReversed ? 1 - (clientX - left) / width : (clientX - left) / width
    setAt(Math.min(count - 1, Math.max(0, Math.floor(share * count))))
  }

  return (
    <figure className="brandkit-chart" aria-labelledby={`${id}-title`}>
      <figcaption>
        <h2 id={`${id}-title`}>{title}</h2>
        {at === null ? (
          <p>{top === 0 ? text('chart.empty') : summary}</p>
        ) : (
          <p data-readout="">
            <strong>{timeOf(at)}</strong>{' '}
            {series.map(({ name, end, values }) => (
              <span key={end} data-end={end}>
                {name} {format(values[at] ?? 0)}
              </span>
            ))}
          </p>
        )}
      </figcaption>
      <div className="brandkit-chart-plot" onPointerMove={onPointerMove} onPointerLeave={() => setAt(null)}>
        <span className="brandkit-chart-top" aria-hidden="true">
          {top > 0 && format(top)}
        </span>
        <svg viewBox={`0 0 ${count} 100`} preserveAspectRatio="none" aria-hidden="true">
          <line x1="0" x2={count} y1="0.5" y2="0.5" />
          <line x1="0" x2={count} y1="50" y2="50" />
          {at !== null && <rect data-cursor="" x={at} width={1} y={0} height={100} />}
          {completed.map((_, bucket) => (
            // oxlint-disable-next-line react/no-array-index-key -- a bucket is its place
            <Bar key={bucket} bucket={bucket} series={series} top={top} />
          ))}
        </svg>
        <span className="brandkit-chart-times" aria-hidden="true">
          {[0, count / 2, count - 1].map((bucket) => (
            <span key={bucket}>{timeOf(Math.floor(bucket))}</span>
          ))}
        </span>
      </div>
      <details>
        <summary>{text('chart.table')}</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
        <div className="brandkit-operations-scroll" tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{text('chart.time')}</th>
                {series.map(({ name, end }) => (
                  <th key={end} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {completed.map((_, bucket) => (
                // oxlint-disable-next-line react/no-array-index-key -- a bucket is its place
                <tr key={bucket}>
                  <th scope="row">{timeOf(bucket)}</th>
                  {series.map(({ end, values }) => (
                    <td key={end}>{format(values[bucket] ?? 0)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}

function Bar({ bucket, series, top }: Pick<ChartProps, 'series' | 'top'> & { bucket: number }): ReactNode {
  if (top === 0) return null
  let below = 0
  return series.map(({ end, values }) => {
    const height = (100 * (values[bucket] ?? 0)) / top
    below += height
    return (
      height > 0 && <rect key={end} data-end={end} x={bucket + 0.14} width={0.72} y={100 - below} height={height} />
    )
  })
}

/** A bar that shows a part of a whole. Decoration: its text stands beside it. */
export function Share({ of, mark, isBad }: { of: number; mark?: number | undefined; isBad?: boolean }): ReactNode {
  const style = {
    '--operations-share': `${of}%`,
    ...(mark !== undefined && { '--operations-mark': `${mark}%` }),
  } as CSSProperties
  return (
    <span className="brandkit-share" data-bad={isBad ? '' : undefined} style={style} aria-hidden="true">
      {mark !== undefined && <i />}
    </span>
  )
}

export function sumOf(counts: readonly number[] = []): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
