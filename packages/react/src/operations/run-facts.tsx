'use client'

import type { TaskSummary } from '@brandkit/core'
import { type ReactNode, useState } from 'react'
import { useOperations } from './operations-context.js'

/** What is known of a task, as a list of names and values. */
export function RunFacts({ task, onOpen }: { task: TaskSummary; onOpen: (taskId: string) => void }): ReactNode {
  const { text, nameOf, traceUrl } = useOperations()
  const { taskId, traceId, userId, createdBy, brandId, tags = [], retryCount, maxRetries, retryOf, usage = [] } = task
  const url = traceUrl?.(traceId)
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    [text('drawer.type'), text.type(task.type)],
    [text('drawer.user'), nameOf(userId)],
    ...(createdBy === userId ? [] : [[text('drawer.by'), nameOf(createdBy)] as const]),
    [text('drawer.brand'), brandId],
    [
      text('drawer.attempts'),
      text('drawer.attemptsText', { attempt: task.startedAt ? retryCount + 1 : 0, most: maxRetries + 1 }),
    ],
    [text('drawer.created'), <Moment key="created" date={task.createdAt} />],
    ...(task.startedAt ? [[text('drawer.started'), <Moment key="started" date={task.startedAt} />] as const] : []),
    ...(task.completedAt ? [[text('drawer.ended'), <Moment key="ended" date={task.completedAt} />] as const] : []),
    ...(tags.length > 0 ? [[text('drawer.tags'), tags.join(', ')] as const] : []),
    ...(usage.length > 0
      ? [
          [
            text('drawer.usage'),
            usage
              .map(({ model, inputTokens, outputTokens, cost, currency }) =>
                [
                  model || text('usage.unnamed'),
                  `${text.number(inputTokens + outputTokens)} ${text('usage.tokens')}`,
                  ...(cost !== undefined && currency !== undefined ? [text.money(cost, currency)] : []),
                ].join(' · '),
              )
              .join('; '),
          ] as const,
        ]
      : []),
    [text('drawer.id'), <Copied key="id" name={text('drawer.id')} value={taskId} />],
    [
      text('drawer.trace'),
      <span key="trace">
        <Copied name={text('drawer.trace')} value={traceId} />{' '}
        {url !== undefined && (
          <a href={url} target="_blank" rel="noreferrer">
            {text('drawer.openTrace')}
          </a>
        )}
      </span>,
    ],
    ...(retryOf === undefined
      ? []
      : [
          [
            text('drawer.retryOf'),
            <button key="retry" type="button" className="brandkit-link" onClick={() => onOpen(retryOf)}>
              <code>{retryOf}</code>
            </button>,
          ] as const,
        ]),
  ]
  return (
    <dl className="brandkit-drawer-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Moment({ date }: { date: Date }): ReactNode {
  const { text } = useOperations()
  return <time dateTime={date.toISOString()}>{text.moment(date)}</time>
}

/** An id with a button that copies it. The button is missing where the page has no clipboard. */
function Copied({ name, value }: { name: string; value: string }): ReactNode {
  const { text } = useOperations()
  return (
    <span className="brandkit-copied">
      <code>{value}</code>
      <CopyButton name={text('drawer.copy', { name })} value={value} />
    </span>
  )
}

export function CopyButton({ name, value }: { name: string; value: string }): ReactNode {
  const { text } = useOperations()
  const [isCopied, setCopied] = useState(false)
  if (typeof navigator === 'undefined' || !('clipboard' in navigator)) return null
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <button type="button" className="brandkit-button" data-quiet="" aria-label={name} onClick={() => void copy()}>
      {text(isCopied ? 'drawer.copied' : 'failure.copy')}
    </button>
  )
}
