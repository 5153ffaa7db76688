import { createListeners, type Listeners } from './create-listeners.js'

/** Which tasks this page keeps an eye on. What they look like is in the cache; this only knows ids. */
export interface TaskRegistry {
  ids(): readonly string[]
  has(taskId: string): boolean
  /** Starts to track a task; it stays out of the panel until it is revealed. */
  add(taskId: string): void
  remove(taskId: string): void
  /** Lets a task appear in the panel. */
  reveal(taskId: string): void
  isRevealed(taskId: string): boolean
  /** Says that a tracked task has changed. */
  touch(): void
  /** Grows with every change, so that what was made of all tasks can be kept until the next. */
  revision(): number
  /** Called once after all changes of a turn: a thousand tasks that come together are one change. */
  readonly subscribe: Listeners<void>['subscribe']
}

/** Framework-free; React reads it through `useSyncExternalStore`. */
export function createTaskRegistry(): TaskRegistry {
  const tracked = new Map<string, { revealed: boolean }>()
  const { tell, subscribe } = createListeners()
  let ids: readonly string[] | undefined

  let revision = 0
  let isTelling = false

  const notify = () => {
    revision += 1
    if (isTelling) return
    isTelling = true
    queueMicrotask(() => {
      isTelling = false
      tell()
    })
  }
  const replaceIds = () => {
    ids = undefined
    notify()
  }

  return {
    ids: () => (ids ??= [...tracked.keys()]),
    has: (taskId) => tracked.has(taskId),
    add: (taskId) => {
      if (tracked.has(taskId)) return
      tracked.set(taskId, { revealed: false })
      replaceIds()
    },
    remove: (taskId) => {
      if (tracked.delete(taskId)) replaceIds()
    },
    reveal: (taskId) => {
      const entry = tracked.get(taskId)
      if (!entry || entry.revealed) return
      entry.revealed = true
      notify()
    },
    isRevealed: (taskId) => tracked.get(taskId)?.revealed ?? false,
    touch: notify,
    revision: () => revision,
    subscribe,
  }
}
