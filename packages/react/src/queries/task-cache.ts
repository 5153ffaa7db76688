import { hasContent, type TaskHints, type TaskJson, type TaskSummaryJson } from '@brandkit/core'
import { stopAll } from '@brandkit/client/page'
import { notifyManager, type QueryClient, type QueryKey, QueryObserver } from '@tanstack/react-query'
import { mergeTask } from './merge-task.js'
import { taskKeys } from './task-keys.js'
import { shareTask } from './task-query.js'

export interface CachedChange {
  previous: TaskSummaryJson | undefined
  current: TaskSummaryJson
}

/**
 * One query cache entry per task, written by polls, lists and mutations alike. Summaries have entries of their own, for
 * tasks that the page has not read: a task's entry is always whole.
 */
export interface TaskCache {
  /** The task, or its summary while the page knows no more. */
  readonly find: (taskId: string) => TaskSummaryJson | undefined
  /** Writes newer versions and returns the changes. A summary is only written for an unknown task. */
  write(tasks: readonly TaskSummaryJson[]): CachedChange[]
  /** Whether the page has an older version of the task than this summary tells of. */
  isOutdatedBy(summary: TaskSummaryJson): boolean
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
  const findWhole = createFind((taskId) => taskKeys.task(userId, taskId)) as (taskId: string) => TaskJson | undefined
  const findSummary = createFind((taskId) => taskKeys.summary(userId, taskId)) as TaskCache['find']
  const find = (taskId: string) => newerOf<TaskSummaryJson>(findWhole(taskId), findSummary(taskId))

  /** Like `getQueryData`, but hashes each key once: every change reads lists of up to a thousand tasks again. */
  function createFind(keyOf: (taskId: string) => QueryKey) {
    const hashes = new Map<string, string>()
    return (taskId: string): unknown => {
      const hash = hashes.get(taskId) ?? hashOf(keyOf(taskId))
      const entry = queries.get(hash)
      if (entry) hashes.set(taskId, hash)
      return entry?.state.data
    }
  }

  function writeWhole(task: TaskJson): CachedChange[] {
    const known = findWhole(task.taskId)
    const previous = find(task.taskId)
    // Old versions must not be written at all: Query would notify the observers.
    if (previous && task.version < previous.version) return []
    if (known && mergeTask(known, task) === known) return []
    const current = queryClient.setQueryData<TaskJson>(taskKeys.task(userId, task.taskId), task)
    return current && current !== previous ? [{ previous, current }] : []
  }

  function writeSummary(summary: TaskSummaryJson): CachedChange[] {
    if (find(summary.taskId)) return []
    queryClient.setQueryData(taskKeys.summary(userId, summary.taskId), summary)
    return [{ previous: undefined, current: summary }]
  }

  return {
    find,
    write: (tasks) => {
      queryClient.setQueryDefaults(taskKeys.tasks(userId), { structuralSharing: shareTask })
      return notifyManager.batch(() =>
        tasks.flatMap((task) => (hasContent(task) ? writeWhole(task) : writeSummary(task))),
      )
    },
    isOutdatedBy: ({ taskId, version }) => (findWhole(taskId)?.version ?? version) < version,
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
      const queryKeys: QueryKey[] = [
        taskKeys.task(userId, taskId),
        taskKeys.summary(userId, taskId),
        taskKeys.hints(userId, taskId),
      ]
      const observers = queryKeys.map((queryKey) => new QueryObserver(queryClient, { queryKey, enabled: false }))
      return stopAll(...observers.map((observer) => observer.subscribe(() => {})))
    },
    forgetOthers: () => {
      queryClient.removeQueries({ queryKey: taskKeys.all, predicate: ({ queryKey }) => queryKey[1] !== userId })
    },
  }
}

/** The newer of a task and its summary; the task if both are of one version. */
export function newerOf<Task extends { version: number }>(
  whole: Task | undefined,
  summary: Task | undefined,
): Task | undefined {
  if (!whole || !summary) return whole ?? summary
  return whole.version >= summary.version ? whole : summary
}
