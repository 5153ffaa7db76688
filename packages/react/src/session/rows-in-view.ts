import { createListeners, type Listeners } from '@brandkit/client/page'

/** Ids of the tasks whose rows are in view and therefore need no toast. */
export interface RowsInView {
  has(taskId: string): boolean
  /** Sets the rows that are in view from now on. */
  replace(taskIds: readonly string[]): void
  readonly subscribe: Listeners['subscribe']
}

export function createRowsInView(): RowsInView {
  const { tell, subscribe } = createListeners()
  let ids: ReadonlySet<string> = new Set()
  return {
    has: (taskId) => ids.has(taskId),
    replace: (taskIds) => {
      ids = new Set(taskIds)
      tell()
    },
    subscribe,
  }
}
