import { type BackgroundTask, isTerminal } from '@brandkit/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { network } from '../network/task-service.ts'
import { Icon } from '../parts/icon.tsx'
import { CopyButton } from '../parts/result-parts.tsx'
import { causeFault, type Fault, type TraceSource, useTrace } from './use-trace.ts'

const SOURCE_NAMES: Readonly<Record<TraceSource, string>> = {
  browser: 'Browser',
  server: 'Server',
  task: 'Task',
  version: 'Version',
}

/** For developers: the live trace of a task, and buttons that cause faults. */
export function TraceDrawer({ task, onClose }: { task: BackgroundTask; onClose: () => void }) {
  const { entries, faults } = useTrace(task)
  const start = entries[0]?.at ?? 0
  const log = useRef<HTMLOListElement>(null)

  useEffect(() => {
    // Keeps the newest line visible, unless the reader has scrolled up.
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

const FAULTS: readonly { fault: Fault; name: string; effect: string }[] = [
  {
    fault: 'fail once',
    name: 'Fail this attempt',
    effect:
      'The next step throws once. The task goes back to the queue and is tried again after the backoff; steps that are done are not repeated.',
  },
  {
    fault: 'fail',
    name: 'Fail for good',
    effect: 'The next step throws an error that no retry would mend. The task is failed; “Try again” makes a new one.',
  },
  {
    fault: 'kill',
    name: 'Kill the worker',
    effect:
      'The server’s process, worker and all, ends by SIGKILL in the middle of the step; its supervisor starts it again, and the task goes on after the last finished step.',
  },
]

interface FaultButtonsProps {
  taskId: string
  /** The faults that the server offers. */
  faults: readonly Fault[]
  isOver: boolean
}

/** Buttons that cause faults on purpose, each with its expected effect. */
function FaultButtons({ taskId, faults, isOver }: FaultButtonsProps) {
  const isCut = useSyncExternalStore(network.subscribe, network.isCut)
  const cause = useMutation({
    mutationFn: (fault: Fault) => causeFault(taskId, fault),
    networkMode: 'always',
  })
  const effect = FAULTS.find(({ fault }) => fault === cause.variables)?.effect
  return (
    <div className="faults">
      <div className="fault-buttons" role="group" aria-label="Make it go wrong">
        {FAULTS.map(({ fault, name }) => (
          <button
            key={fault}
            type="button"
            className="secondary"
            disabled={isOver || isCut || !faults.includes(fault)}
            onClick={() => cause.mutate(fault)}
          >
            {name}
          </button>
        ))}
        <button
          type="button"
          className="secondary"
          aria-pressed={isCut}
          onClick={() => (isCut ? network.mend() : network.cut())}
        >
          {isCut ? 'Go online' : 'Go offline'}
        </button>
      </div>
      <p className="soft fault-effect" role="status">
        {explain({ isCut, error: cause.error, effect: cause.isSuccess ? effect : undefined })}
        {!faults.includes('kill') &&
          faults.length > 0 &&
          ' (The worker can be killed where “npm start” watches over it.)'}
      </p>
    </div>
  )
}

interface Situation {
  isCut: boolean
  error: Error | null
  effect: string | undefined
}

function explain({ isCut, error, effect }: Situation): string {
  if (isCut)
    return 'This tab’s requests fail as they do without a network. The work on the server goes on; what is known stays, and nothing is shown as failed.'
  if (error) return error.message
  return effect ?? 'Break something, and watch what the task does.'
}
