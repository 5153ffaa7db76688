import { type BackgroundTask, isTerminal } from '@brandkit/core'
import { useEffect, useRef } from 'react'
import { CopyButton } from '../results/copy-button.tsx'
import { Icon } from '../shell/icon.tsx'
import { FaultButtons } from './fault-buttons.tsx'
import { type TraceSource, useTrace } from './use-trace.ts'

const SOURCE_NAMES: Readonly<Record<TraceSource, string>> = {
  browser: 'Browser',
  server: 'Server',
  task: 'Task',
  version: 'Version',
}

/** For developers: what happens to a task while it happens, and buttons to make it go wrong. */
export function TraceDrawer({ task, onClose }: { task: BackgroundTask; onClose: () => void }) {
  const { entries, faults } = useTrace(task)
  const start = entries[0]?.at ?? 0
  const log = useRef<HTMLOListElement>(null)

  useEffect(() => {
    // The newest line stays in sight, unless somebody is reading further up.
    const list = log.current
    if (!list || entries.length === 0) return
    const isNearEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 160
    if (isNearEnd) list.scrollTop = list.scrollHeight
  }, [entries])

  return (
    <aside className="drawer" aria-label="Trace">
      <header className="drawer-head">
        <h2>Trace</h2>
        <CopyButton text={task.traceId} what="the trace id" />
        <span className="soft drawer-facts">
          attempt {task.retryCount + 1} of {task.maxRetries + 1}, version {task.version}, {task.priority} priority
        </span>
        <button type="button" className="quiet" aria-label="Close trace" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <FaultButtons taskId={task.taskId} faults={faults} isOver={isTerminal(task.status)} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <ol ref={log} className="log" aria-label="Trace lines" tabIndex={0}>
        {entries.map(({ at, source, text }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two lines may be alike, and lines only arrive
          <li key={`${source} ${at} ${index}`} data-source={source}>
            <time dateTime={new Date(at).toISOString()}>+{((at - start) / 1_000).toFixed(3)} s</time>
            <span className="log-source">{SOURCE_NAMES[source]}</span>
            <code>{text}</code>
          </li>
        ))}
      </ol>
    </aside>
  )
}
