import { createListeners, type Listeners } from '@brandkit/client/page'
import type { TaskJson } from '@brandkit/core'

/** Which tasks this page keeps an eye on, and whether each may be shown. What they look like is in the cache. */
export interface TaskRegistry {
  ids(): readonly string[]
  /** What is known of them, newest first; gathered and sorted once a change, for all components that read them. */
  tasks(): readonly TaskJson[]
  has(taskId: string): boolean
  /** Starts to track a task; it stays out of the panel until it is revealed. `stop` is called when it is removed. */
  add(taskId: string, stop?: () => void): void
  remove(taskId: string): void
  /** Lets a task appear in the panel. */
  reveal(taskId: string): void
  readonly isRevealed: (taskId: string) => boolean
  /** Says that a tracked task has changed. */
  touch(): void
  /** Called once after all changes of a turn: a thousand tasks that come together are one change. */
  readonly subscribe: Listeners['subscribe']
}

/** Framework-free; React reads it through `useSyncExternalStore`. `find` knows what a task looks like. */
export function createTaskRegistry(find: (taskId: string) => TaskJson | undefined): TaskRegistry {
  const tracked = new Map<string, { isRevealed: boolean; readonly stop: (() => void) | undefined }>()
  const { tell, subscribe } = createListeners()
  let tasks: readonly TaskJson[] | undefined
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

function newestFirst(a: TaskJson, b: TaskJson): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1
  return a.taskId < b.taskId ? 1 : -1
}
