import { useId } from 'react'
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { RESULT_FORMATS } from '../parts/words.ts'

const { formatShortDay } = RESULT_FORMATS

interface TrendChartProps {
  name: string
  series: readonly { at: string; mentions: number }[]
}

const HEIGHT = 160

/** Mentions over time. Arrow keys move along the line, and a table gives screen readers the same figures. */
export function TrendChart({ name, series }: TrendChartProps) {
  const gradient = useId()
  const data = series.map(({ at, mentions }) => ({ at: Date.parse(at), mentions }))
  return (
    <figure className="trend-chart">
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <AreaChart data={data} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} title={`Mentions of ${name}`}>
          <defs>
            <linearGradient id={gradient} x1="0" y1="0" x2="0" y2="1">
              <stop offset="0" stopColor="var(--accent)" stopOpacity="0.35" />
              <stop offset="1" stopColor="var(--accent)" stopOpacity="0.03" />
            </linearGradient>
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={['dataMin', 'dataMax']}
            tickFormatter={formatShortDay}
            tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
            tickLine={false}
            axisLine={{ stroke: 'var(--line)' }}
            minTickGap={40}
          />
          <YAxis
            width={32}
            allowDecimals={false}
            tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
            tickLine={false}
            axisLine={false}
            tickCount={4}
          />
          <Tooltip
            labelFormatter={(at) => formatShortDay(Number(at))}
            formatter={(mentions) => [String(mentions), 'mentions']}
            contentStyle={{ background: 'var(--surface)', border: '1px solid var(--line)', borderRadius: 8 }}
          />
          <Area
            type="monotone"
            dataKey="mentions"
            stroke="var(--accent)"
            strokeWidth={2}
            fill={`url(#${gradient})`}
            isAnimationActive={false}
          />
        </AreaChart>
      </ResponsiveContainer>
      <div className="visually-hidden">
        <table>
          <caption>Mentions of {name}</caption>
          <tbody>
            {data.map(({ at, mentions }) => (
              <tr key={at}>
                <th scope="row">{formatShortDay(at)}</th>
                <td>{mentions}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}
