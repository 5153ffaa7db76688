'use client'

import type { AuditEntry, DurationStats, NoticeStats } from '@brandkit/core'
import type { ReactNode } from 'react'
import { useOperations } from './operations-context.js'
import { Share } from './throughput-chart.js'
import { useAudit } from './use-figures.js'

interface CardProps {
  title: string
  hint?: string | undefined
  children: ReactNode
}

export function Card({ title, hint, children }: CardProps): ReactNode {
  return (
    <section className="brandkit-operations-card">
      <h2>{title}</h2>
      {hint !== undefined && <p className="brandkit-operations-hint">{hint}</p>}
      {children}
    </section>
  )
}

/** How long each type takes: the bar is the median, its mark the 95th percentile. */
export function Durations({ durations }: { durations: Readonly<Record<string, DurationStats>> }): ReactNode {
  const { text } = useOperations()
  const rows = Object.entries(durations).toSorted(([, one], [, other]) => other.p95Ms - one.p95Ms)
  if (rows.length === 0) return null
  const longest = Math.max(1, ...rows.map(([, { p95Ms }]) => p95Ms))
  return (
    <Card title={text('durations.title')} hint={text('durations.hint')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text('durations.type')}</th>
            <th scope="col">{text('durations.median')}</th>
            <th scope="col">{text('durations.p95')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([type, { medianMs, p95Ms }]) => (
            <tr key={type}>
              <th scope="row">
                {text.type(type)}
                <Share of={(100 * medianMs) / longest} mark={(100 * p95Ms) / longest} />
              </th>
              <td>{text.duration(medianMs)}</td>
              <td>{text.duration(p95Ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

const DEAD_SHOWN = 5

/** What has still to be told of ended tasks, and what could not be told. */
export function Notices({ notices: { waiting, dead, latestDead } }: { notices: NoticeStats }): ReactNode {
  const { text } = useOperations()
  return (
    <Card title={text('notices.title')} hint={text('notices.text', { waiting, dead })}>
      {latestDead.length > 0 && (
        <ul>
          {latestDead.slice(0, DEAD_SHOWN).map(({ taskId, target, attempts, reason }) => (
            <li key={`${taskId} ${target}`}>
              {text('notices.dead', { target, count: attempts, reason })} <code>{taskId}</code>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** Stands in the place of the ids of erased users, as the server writes it. */
const ERASED_USER = 'erased user'

/** Who did what, newest first. */
export function Audit({ onOpen }: { onOpen: (taskId: string) => void }): ReactNode {
  const { text, nameOf } = useOperations()
  const { data, error } = useAudit()
  const toName = (userId: string) => (userId === ERASED_USER ? text('audit.erased') : nameOf(userId))
  const sentence = ({ action, by, userId }: AuditEntry) =>
    text(`audit.${action}`, { name: toName(by), owner: toName(userId) })
  if (!data) return error && <Card title={text('audit.title')}>{error.message}</Card>
  return (
    <Card title={text('audit.title')} hint={data.entries.length === 0 ? text('audit.empty') : undefined}>
      <ul className="brandkit-audit">
        {data.entries.map((entry) => {
          const { entryId, at, taskId } = entry
          return (
            <li key={entryId}>
              {taskId === undefined ? (
                sentence(entry)
              ) : (
                <button type="button" className="brandkit-link" onClick={() => onOpen(taskId)}>
                  {sentence(entry)}
                </button>
              )}{' '}
              <time dateTime={at}>{text.moment(new Date(at))}</time>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
