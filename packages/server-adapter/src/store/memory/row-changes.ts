import type { TaskChange, TaskWatcher } from '../task-watcher.js'
import { toChange, type MemoryRow } from './memory-row.js'

/** The watchers of the rows in memory. */
export interface RowChanges {
  /** Tells watchers that a row has changed, as every write of the store does. */
  changed: (row: MemoryRow) => void
  /** Returns the function that stops the watch. */
  watch: (watcher: TaskWatcher) => () => void
  stopAll: () => void
}

export function createRowChanges(): RowChanges {
  const watchers = new Set<TaskWatcher>()
  let pending: TaskChange[] = []

  function tellWatchers(): void {
    const changes = pending
    pending = []
    for (const watcher of watchers) watcher.onChanges(changes)
  }

  return {
    changed(row) {
      // Told in a microtask, so that watchers get all changes of one call together and after the call.
      if (pending.length === 0) queueMicrotask(tellWatchers)
      pending.push(toChange(row))
    },
    watch(watcher) {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    stopAll: () => watchers.clear(),
  }
}
