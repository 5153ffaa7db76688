'use client'

import { isTerminal, type TaskSummary } from '@brandkit/core'
import type { CSSProperties, ReactNode } from 'react'
import { useNow } from '../provider/use-now.js'
import { useOperations } from './operations-context.js'

interface Stretch {
  key: string
  name: string
  note?: string | undefined
  state: 'waiting' | 'pending' | 'running' | 'completed' | 'failed'
  from: number
  until: number
}

/** The waterfall of a task: how long it waited, and when each step ran. */
export function TaskTimeline({ task }: { task: TaskSummary }): ReactNode {
  const { text } = useOperations()
  const now = useNow()
  const end = isTerminal(task.status)
    ? (task.completedAt ?? task.updatedAt).getTime()
    : (now ?? task.updatedAt.getTime())
  const begin = Math.min(task.runAt.getTime(), end)
  const length = Math.max(1, end - begin)
  const share = (moment: number) => Math.min(100, Math.max(0, (100 * (moment - begin)) / length))
  return (
    <ol className="brandkit-timeline">
      {toStretches(task, end, text).map(({ key, name, note, state, from, until }) => {
        const start = share(from)
        const style = {
          '--operations-from': `${start}%`,
          '--operations-length': `${Math.max(0.75, share(until) - start)}%`,
        } as CSSProperties
        return (
          <li key={key} data-state={state}>
            <span className="brandkit-timeline-name">
              {name} {note !== undefined && <small>{note}</small>}
            </span>
            <span className="brandkit-timeline-track" aria-hidden="true">
              {state !== 'pending' && <i style={style} />}
            </span>
            <span className="brandkit-timeline-time">
              {state === 'pending' ? text('step.pending') : text.duration(until - from)}
              {(state === 'failed' || state === 'running') && <small>{text(`step.${state}`)}</small>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function toStretches(task: TaskSummary, end: number, text: ReturnType<typeof useOperations>['text']): Stretch[] {
  const due = Math.min(task.runAt.getTime(), end)
  const started = task.startedAt?.getTime() ?? end
  const waited: Stretch = {
    key: '',
    name: text('drawer.queued'),
    state: 'waiting',
    from: Math.min(due, started),
    until: started,
  }
  const stretches = [waited]
  for (const { key, status, startedAt, completedAt, items } of task.steps ?? []) {
    const from = startedAt?.getTime() ?? completedAt?.getTime()
    stretches.push({
      key,
      name: text.step(task, key),
      note: items && itemsOf(items, text),
      state: from === undefined && status !== 'failed' ? 'pending' : status,
      from: from ?? end,
      until: completedAt?.getTime() ?? end,
    })
  }
  return stretches
}

function itemsOf({ done, total }: { done: number; total?: number }, text: ReturnType<typeof useOperations>['text']) {
  return total === undefined ? text('row.itemsDone', { count: done }) : text('row.items', { done, count: total })
}
