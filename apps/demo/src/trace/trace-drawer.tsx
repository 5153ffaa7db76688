import { type BackgroundTask, fromProblemDetails, isTerminal } from '@brandkit/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { network } from '../network/task-service.ts'
import { Icon } from '../parts/page-parts.tsx'
import { CopyButton } from '../parts/result-parts.tsx'

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

type TraceSource = 'browser' | 'server' | 'task' | 'version'

/** An entry of the trace, from any source. */
interface TraceEntry {
  at: number
  source: TraceSource
  text: string
}

const POLL_MS = 1_000

/** The full trace of a task in order of time: browser and server log, lifecycle events, and versions as they arrived. */
function useTrace(task: BackgroundTask): { entries: TraceEntry[]; faults: ServerTrace['faults'] } {
  const { taskId, traceId, status } = task
  const server = useQuery({
    queryKey: ['studio', 'trace', taskId, isTerminal(status)],
    queryFn: ({ signal }) => readTrace(taskId, signal),
    refetchInterval: isTerminal(status) ? false : POLL_MS,
    networkMode: 'always',
    retry: false,
    placeholderData: (before) => before,
  })
  const lines = useSyncExternalStore(subscribeToConsole, readConsoleLines)
  const versions = useVersions(task)

  const entries = useMemo(() => {
    const browser = lines.filter(({ text }) => isAbout(text, { taskId, traceId }))
    return [
      ...browser.map(({ at, text }) => ({ at, source: 'browser' as const, text: withoutTrace(text, traceId) })),
      ...(server.data?.lines ?? []).map(({ at, text }) => ({
        at: Date.parse(at),
        source: 'server' as const,
        text: withoutTrace(text, traceId),
      })),
      ...(server.data?.events ?? []).map(({ at, stage, attempt }) => ({
        at: Date.parse(at),
        source: 'task' as const,
        text: attempt > 0 ? `${stage}, attempt ${attempt}` : stage,
      })),
      ...versions,
    ].toSorted((one, other) => one.at - other.at)
  }, [lines, server.data, versions, traceId, taskId])
  return { entries, faults: server.data?.faults ?? [] }
}

/** Each version of the task that reached this page. Intermediate versions may be skipped, the last never. */
function useVersions({ version, status, progress, currentStep, updatedAt }: BackgroundTask): TraceEntry[] {
  const [seen, setSeen] = useState<{ entries: TraceEntry[]; last: number }>({ entries: [], last: -1 })
  if (version > seen.last) {
    const text = `version ${version}: ${status}, ${Math.floor(progress)} %${currentStep ? `, step ${currentStep}` : ''}`
    const entry: TraceEntry = { at: updatedAt.getTime(), source: 'version', text }
    setSeen({ entries: [...seen.entries, entry], last: version })
  }
  return seen.entries
}

/** Tasks of a batch share their trace, so lines that name another task are left out. */
function isAbout(text: string, { taskId, traceId }: Pick<BackgroundTask, 'taskId' | 'traceId'>): boolean {
  return text.includes(taskId) || (text.includes(traceId) && !text.includes('taskId='))
}

/** Removes the trace id from a line, because the whole drawer shows one trace. */
function withoutTrace(text: string, traceId: string): string {
  return text.replace(` traceId=${traceId}`, '')
}

/** The server's trace of a task, for its owner. */
interface ServerTrace {
  lines: { at: string; level: string; text: string }[]
  /** The lifecycle events of the task, from its worker. */
  events: { at: string; stage: string; attempt: number }[]
  /** The faults that this server allows people to cause. */
  faults: Fault[]
}

/**
 * `fail once` and `fail` make the next step throw. `kill` ends the server's process by SIGKILL; its supervisor starts it
 * again.
 */
type Fault = 'fail once' | 'fail' | 'kill'

async function readTrace(taskId: string, signal: AbortSignal): Promise<ServerTrace> {
  const response = await network.fetch(`/api/demo/trace?taskId=${encodeURIComponent(taskId)}`, { signal })
  return (await read(response)) as ServerTrace
}

/** @throws TaskError when the server does not allow the fault */
async function causeFault(taskId: string, fault: Fault): Promise<void> {
  const request = network.fetch('/api/demo/trace', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ taskId, fault }),
  })
  // A killed process often dies before its answer is sent.
  const response = fault === 'kill' ? await request.catch(() => null) : await request
  if (response) await read(response)
}

async function read(response: Response): Promise<unknown> {
  const body: unknown = await response.json()
  if (response.ok) return body
  throw fromProblemDetails(body) ?? new Error(`The server answered ${response.status}.`)
}

/** A line that this page wrote to its console. */
interface ConsoleLine {
  /** Milliseconds since the epoch. */
  at: number
  text: string
}

const MOST = 500
const LEVELS = ['debug', 'info', 'warn', 'error'] as const
const lines: ConsoleLine[] = []
const listeners = new Set<() => void>()
let snapshot: readonly ConsoleLine[] = []

/** Keeps the last console lines from now on; they are still printed. Called once, before the first line. */
export function keepConsoleLines(): void {
  for (const level of LEVELS) {
    const write = console[level].bind(console)
    console[level] = (...values: unknown[]) => {
      write(...values)
      if (typeof values[0] === 'string') keep(values[0])
    }
  }
}

function keep(text: string): void {
  lines.push({ at: Date.now(), text })
  if (lines.length > MOST) lines.shift()
  snapshot = [...lines]
  // Notifies in a microtask, because a component may log while it renders.
  queueMicrotask(() => {
    for (const listener of listeners) listener()
  })
}

function readConsoleLines(): readonly ConsoleLine[] {
  return snapshot
}

function subscribeToConsole(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
