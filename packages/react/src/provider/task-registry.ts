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
  subscribe(listener: () => void): () => void
}

/** Framework-free; React reads it through `useSyncExternalStore`. */
export function createTaskRegistry(): TaskRegistry {
  const tracked = new Map<string, { revealed: boolean }>()
  const listeners = new Set<() => void>()
  let ids: readonly string[] = []

  const notify = () => {
    for (const listener of listeners) listener()
  }
  const replaceIds = () => {
    ids = [...tracked.keys()]
    notify()
  }

  return {
    ids: () => ids,
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
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
