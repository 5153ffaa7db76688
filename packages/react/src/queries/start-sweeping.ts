import type { QueryClient } from '@tanstack/react-query'
import type { TaskCache } from './task-cache.js'
import { taskKeys } from './task-keys.js'

interface SweepingOptions {
  queryClient: QueryClient
  userId: string | null
  cache: Pick<TaskCache, 'forget'>
  /** Whether the page needs a task, though no component reads it now. */
  isKept: (taskId: string) => boolean
}

/** Between two looks. What both find loose goes, so that a component has a minute to read what it was told of. */
const SWEEP_MS = 60_000

/**
 * Lets the cache forget tasks that the page neither keeps nor reads: those that a snapshot brings back after they were
 * dismissed, and those that a component has looked at and left. Returns the function that stops it.
 */
export function startSweeping({ queryClient, userId, cache, isKept }: SweepingOptions): () => void {
  const queries = queryClient.getQueryCache()
  const prefixes = [taskKeys.tasks(userId), taskKeys.allHints(userId)]
  let suspects = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function findLoose(): Set<string> {
    const entries = prefixes.flatMap((queryKey) => queries.findAll({ queryKey }))
    const taskIdOf = ({ queryKey }: (typeof entries)[number]) => String(queryKey.at(-1))
    const inUse = entries.filter((query) => query.getObserversCount() > 0 || query.state.fetchStatus !== 'idle')
    const used = new Set(inUse.map(taskIdOf))
    return new Set(entries.map(taskIdOf).filter((taskId) => !used.has(taskId) && !isKept(taskId)))
  }

  function sweep(): void {
    timer = undefined
    const loose = findLoose()
    for (const taskId of suspects) if (loose.delete(taskId)) cache.forget(taskId)
    suspects = loose
    if (suspects.size > 0) plan()
  }

  function plan(): void {
    timer ??= setTimeout(sweep, SWEEP_MS)
  }

  plan()
  const stop = queries.subscribe(({ type, query }) => {
    const mayBeLoose = type === 'added' || type === 'observerRemoved'
    if (mayBeLoose && query.queryKey[0] === taskKeys.all[0]) plan()
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}
