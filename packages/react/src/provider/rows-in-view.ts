/** Ids of the tasks whose rows can be seen now: what a row says already needs no toast. */
export interface RowsInView {
  has(taskId: string): boolean
  /** Says which rows can be seen from now on. */
  replace(taskIds: readonly string[]): void
  subscribe(listener: () => void): () => void
}

export function createRowsInView(): RowsInView {
  const listeners = new Set<() => void>()
  let ids: ReadonlySet<string> = new Set()
  return {
    has: (taskId) => ids.has(taskId),
    replace: (taskIds) => {
      ids = new Set(taskIds)
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
