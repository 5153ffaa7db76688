import type { TaskHints, TaskJson } from '@brandkit/core'
import { stopAll } from '@brandkit/client/page'
import { notifyManager, type QueryClient, type QueryKey, QueryObserver } from '@tanstack/react-query'
import { mergeTask } from './merge-task.js'
import { taskKeys } from './task-keys.js'
import { shareTask } from './task-query.js'

export interface CachedChange {
  previous: TaskJson | undefined
  current: TaskJson
}

/** One query cache entry per task, written by polls, lists and mutations alike. */
export interface TaskCache {
  readonly find: (taskId: string) => TaskJson | undefined
  /** Writes newer versions and returns the changes. */
  write(tasks: readonly TaskJson[]): CachedChange[]
  writeHints(hints: Readonly<Record<string, TaskHints>>): void
  /** The latest hints, by task id. */
  hints(): Record<string, TaskHints>
  /**
   * Keeps a task and its hints without a component that reads them. Returns a function that leaves them to Query's
   * garbage collection.
   */
  keep(taskId: string): () => void
  /** Removes the tasks of all other users. */
  forgetOthers(): void
}

export function createTaskCache({
  queryClient,
  userId,
}: {
  queryClient: QueryClient
  userId: string | null
}): TaskCache {
  const queries = queryClient.getQueryCache()
  const hashOf = (queryKey: QueryKey) => queryClient.defaultQueryOptions({ queryKey }).queryHash
  const hashes = new Map<string, string>()
  /** Like `getQueryData`, but hashes each key once: every change reads lists of up to a thousand tasks again. */
  const find = (taskId: string) => {
    const hash = hashes.get(taskId) ?? hashOf(taskKeys.task(userId, taskId))
    const entry = queries.get<TaskJson>(hash)
    if (entry) hashes.set(taskId, hash)
    return entry?.state.data
  }

  return {
    find,
    write: (tasks) => {
      queryClient.setQueryDefaults(taskKeys.tasks(userId), { structuralSharing: shareTask })
      return notifyManager.batch(() =>
        tasks.flatMap((task) => {
          const previous = find(task.taskId)
          // Old versions must not be written at all: Query would notify the observers.
          if (previous && mergeTask(previous, task) === previous) return []
          const current = queryClient.setQueryData<TaskJson>(taskKeys.task(userId, task.taskId), task)
          return current && current !== previous ? [{ previous, current }] : []
        }),
      )
    },
    writeHints: (hints) => {
      notifyManager.batch(() => {
        for (const [taskId, hint] of Object.entries(hints))
          queryClient.setQueryData(taskKeys.hints(userId, taskId), hint)
      })
    },
    hints: () =>
      Object.fromEntries(
        queryClient
          .getQueriesData<TaskHints>({ queryKey: taskKeys.allHints(userId) })
          .flatMap(([queryKey, hints]) => (hints ? [[queryKey.at(-1), hints]] : [])),
      ),
    keep: (taskId) => {
      // Query keeps entries that have an observer. The server sends hints once, and the panel may open long after that.
      const queryKeys: QueryKey[] = [taskKeys.task(userId, taskId), taskKeys.hints(userId, taskId)]
      const observers = queryKeys.map((queryKey) => new QueryObserver(queryClient, { queryKey, enabled: false }))
      return stopAll(...observers.map((observer) => observer.subscribe(() => {})))
    },
    forgetOthers: () => {
      queryClient.removeQueries({ queryKey: taskKeys.all, predicate: ({ queryKey }) => queryKey[1] !== userId })
    },
  }
}
