'use client'

import type { TaskConnection } from '@brandkit/client'
import { useMemo, useSyncExternalStore } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'

export interface UseTaskConnectionResult {
  /**
   * `live`: a stream reports every change. `polling`: the page polls. `offline`: the page gets no answer.
   * `auth-required`: the server does not know the user any more. The tasks go on in the last two states, too.
   */
  state: TaskConnection['state']
  /** When the server last sent something. */
  lastUpdatedAt?: Date | undefined
}

/** How this page is connected to the server, and when the server last sent something. */
export function useTaskConnection(): UseTaskConnectionResult {
  const { connection } = useTaskContext()
  const { state, lastUpdatedAt } = useSyncExternalStore(connection.subscribe, connection.get, connection.get)
  return useMemo(
    () => ({ state, ...(lastUpdatedAt !== undefined && { lastUpdatedAt: new Date(lastUpdatedAt) }) }),
    [state, lastUpdatedAt],
  )
}
