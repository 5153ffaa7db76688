'use client'

import type { TaskSummaryJson } from '@brandkit/core'
import { useCallback, useSyncExternalStore } from 'react'
import { useOperations } from './operations-context.js'
import type { RunList } from './run-list.js'

/** What the lists of this page know of a task, the newest version. Renders when it changes. */
export function useKnownRun(taskId: string | null): TaskSummaryJson | undefined {
  const { queryClient, key } = useOperations()
  const subscribe = useCallback((notify: () => void) => queryClient.getQueryCache().subscribe(notify), [queryClient])
  const find = (): TaskSummaryJson | undefined => {
    if (taskId === null) return undefined
    return queryClient
      .getQueriesData<RunList>({ queryKey: [...key, 'runs'] })
      .flatMap(([, list]) => list?.tasks.find((task) => task.taskId === taskId) ?? [])
      .reduce<TaskSummaryJson | undefined>(
        (best, task) => (best && best.version >= task.version ? best : task),
        undefined,
      )
  }
  return useSyncExternalStore(subscribe, find, () => undefined)
}
