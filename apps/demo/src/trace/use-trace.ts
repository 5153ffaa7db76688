import { type BackgroundTask, isTerminal } from '@brandkit/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { readConsoleLines, subscribeToConsole } from './console-lines.ts'
import { readTrace, type ServerTrace } from './trace-api.ts'

export type TraceSource = 'browser' | 'server' | 'task' | 'version'

/** Something that happened, from wherever it was heard. */
export interface TraceEntry {
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
