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

/** One query cache entry a task, written by polls, lists and mutations alike. */
export interface TaskCache {
  readonly find: (taskId: string) => TaskJson | undefined
  /** Writes what is news and tells what changed. */
  write(tasks: readonly TaskJson[]): CachedChange[]
  writeHints(hints: Readonly<Record<string, TaskHints>>): void
  /** The latest hints, by task id. */
  hints(): Record<string, TaskHints>
  /** Keeps a task and its hints though no component reads them. Returns the function that leaves them to Query's garbage collection. */
  keep(taskId: string): () => void
  /** Forgets the tasks of all other users. */
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
  /** As `getQueryData`, without hashing the key each time: lists of a thousand tasks are read at every change of one. */
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
          // What is no news must not even be written: observers would be told that something came.
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
      // An entry that is observed is kept. The server does not repeat its hints, and a panel may be opened long after they came.
      const queryKeys: QueryKey[] = [taskKeys.task(userId, taskId), taskKeys.hints(userId, taskId)]
      const observers = queryKeys.map((queryKey) => new QueryObserver(queryClient, { queryKey, enabled: false }))
      return stopAll(...observers.map((observer) => observer.subscribe(() => {})))
    },
    forgetOthers: () => {
      queryClient.removeQueries({ queryKey: taskKeys.all, predicate: ({ queryKey }) => queryKey[1] !== userId })
    },
  }
}
