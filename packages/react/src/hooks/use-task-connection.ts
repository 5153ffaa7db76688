'use client'

import type { TaskConnection } from '@brandkit/client'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'

export interface UseTaskConnectionResult {
  /**
   * `live`: a stream tells every change. `polling`: the page asks. `offline`: it gets no answer. `auth-required`: the server
   * does not know the user any more. The last two say nothing about the tasks, which go on.
   */
  state: TaskConnection['state']
  /** When the server was heard of last. */
  lastUpdatedAt?: Date | undefined
}

/** How this page hears of its tasks, and when it last did. */
export function useTaskConnection(): UseTaskConnectionResult {
  const { connection } = useTaskContext()
  const subscribe = useCallback((listener: () => void) => connection.subscribe(listener), [connection])
  const read = () => connection.get()
  const { state, lastUpdatedAt } = useSyncExternalStore(subscribe, read, read)
  return useMemo(
    () => ({ state, ...(lastUpdatedAt !== undefined && { lastUpdatedAt: new Date(lastUpdatedAt) }) }),
    [state, lastUpdatedAt],
  )
}
