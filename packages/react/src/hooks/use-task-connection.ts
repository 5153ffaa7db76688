'use client'

import { useSyncExternalStore } from 'react'
import type { TaskConnection } from '../provider/task-connection.js'
import { useTaskContext } from '../provider/use-task-context.js'

/** How this page hears of its tasks, and when it last did. */
export function useTaskConnection(): TaskConnection {
  const { connection } = useTaskContext()
  return useSyncExternalStore(connection.subscribe, connection.get, connection.get)
}
