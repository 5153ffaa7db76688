import { createListeners, type Listeners } from '@brandkit/client/page'
import type { TaskSummaryJson } from '@brandkit/core'

/**
 * The tasks that this page tracks, and whether the panel may show each of them. The cache holds the tasks themselves.
 */
export interface TaskRegistry {
  ids(): readonly string[]
  /** The tracked tasks, newest first. They are collected and sorted once per change, for all components. */
  tasks(): readonly TaskSummaryJson[]
  has(taskId: string): boolean
  /** Starts to track a task; the panel hides it until `reveal`. `stop` is called when the task is removed. */
  add(taskId: string, stop?: () => void): void
  remove(taskId: string): void
  /** Lets the panel show a task. */
  reveal(taskId: string): void
  readonly isRevealed: (taskId: string) => boolean
  /** Reports that a tracked task has changed. */
  touch(): void
  /** Notifies once per turn: a thousand tasks that arrive together are one change. */
  readonly subscribe: Listeners['subscribe']
}

/** Framework-free; React reads it through `useSyncExternalStore`. `find` returns a task from the cache. */
export function createTaskRegistry(find: (taskId: string) => TaskSummaryJson | undefined): TaskRegistry {
  const tracked = new Map<string, { isRevealed: boolean; readonly stop: (() => void) | undefined }>()
  const { tell, subscribe } = createListeners()
  let tasks: readonly TaskSummaryJson[] | undefined
  let isTelling = false

  const ids = () => [...tracked.keys()]
  const touch = () => {
    tasks = undefined
    if (isTelling) return
    isTelling = true
    queueMicrotask(() => {
      isTelling = false
      tell()
    })
  }

  return {
    ids,
    tasks: () =>
      (tasks ??= ids()
        .flatMap((taskId) => find(taskId) ?? [])
        .toSorted(newestFirst)),
    has: (taskId) => tracked.has(taskId),
    add: (taskId, stop) => {
      if (tracked.has(taskId)) return
      tracked.set(taskId, { isRevealed: false, stop })
      touch()
    },
    remove: (taskId) => {
      const entry = tracked.get(taskId)
      if (!entry) return
      tracked.delete(taskId)
      entry.stop?.()
      touch()
    },
    reveal: (taskId) => {
      const entry = tracked.get(taskId)
      if (!entry || entry.isRevealed) return
      entry.isRevealed = true
      touch()
    },
    isRevealed: (taskId) => tracked.get(taskId)?.isRevealed === true,
    touch,
    subscribe,
  }
}

function newestFirst(a: TaskSummaryJson, b: TaskSummaryJson): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1
  return a.taskId < b.taskId ? 1 : -1
}
