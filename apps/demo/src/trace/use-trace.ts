import { type BackgroundTask, fromProblemDetails, isTerminal } from '@brandkit/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { network } from '../network/network.ts'
import { readConsoleLines, subscribeToConsole } from './console-lines.ts'

export type TraceSource = 'browser' | 'server' | 'task' | 'version'

/** Something that happened, from wherever it was heard. */
interface TraceEntry {
  at: number
  source: TraceSource
  text: string
}

const POLL_MS = 1_000

/** Everything that is known of a task's way, in the order of time: browser and server log, lifecycle, versions as they arrived. */
export function useTrace(task: BackgroundTask): { entries: TraceEntry[]; faults: ServerTrace['faults'] } {
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

/** Each version of the task that reached this page. Intermediate ones may be skipped, the last never. */
function useVersions({ version, status, progress, currentStep, updatedAt }: BackgroundTask): TraceEntry[] {
  const [seen, setSeen] = useState<{ entries: TraceEntry[]; last: number }>({ entries: [], last: -1 })
  if (version > seen.last) {
    const text = `version ${version}: ${status}, ${Math.floor(progress)} %${currentStep ? `, step ${currentStep}` : ''}`
    const entry: TraceEntry = { at: updatedAt.getTime(), source: 'version', text }
    setSeen({ entries: [...seen.entries, entry], last: version })
  }
  return seen.entries
}

/** The tasks of a batch share their trace: what names another of them is not this one's. */
function isAbout(text: string, { taskId, traceId }: Pick<BackgroundTask, 'taskId' | 'traceId'>): boolean {
  return text.includes(taskId) || (text.includes(traceId) && !text.includes('taskId='))
}

/** The whole drawer is about one trace; its id in every line would only be noise. */
function withoutTrace(text: string, traceId: string): string {
  return text.replace(` traceId=${traceId}`, '')
}

/** What the server remembers of a task, for its owner. */
interface ServerTrace {
  lines: { at: string; level: string; text: string }[]
  /** The lifecycle of the task, by its worker. */
  events: { at: string; stage: string; attempt: number }[]
  /** Which faults this server lets people cause. */
  faults: Fault[]
}

/**
 * `fail once` and `fail` make the next step throw. `kill` ends the server's process by SIGKILL; its supervisor starts it
 * again.
 */
export type Fault = 'fail once' | 'fail' | 'kill'

async function readTrace(taskId: string, signal: AbortSignal): Promise<ServerTrace> {
  const response = await network.fetch(`/api/demo/trace?taskId=${encodeURIComponent(taskId)}`, { signal })
  return (await read(response)) as ServerTrace
}

/** @throws TaskError when the server does not let people do that */
export async function causeFault(taskId: string, fault: Fault): Promise<void> {
  const request = network.fetch('/api/demo/trace', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ taskId, fault }),
  })
  // A process that is killed often dies before its answer is out.
  const response = fault === 'kill' ? await request.catch(() => null) : await request
  if (response) await read(response)
}

async function read(response: Response): Promise<unknown> {
  const body: unknown = await response.json()
  if (response.ok) return body
  throw fromProblemDetails(body) ?? new Error(`The server answered ${response.status}.`)
}
