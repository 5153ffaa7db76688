import type { Clock } from '../clock.js'
import { isOwnedBy, ownerOf, type TaskScope } from '../principal.js'
import type { ChangeHub } from '../runtime/watching/change-hub.js'
import type { StoredTask } from '../store/task-store.js'
import type { TaskChange } from '../store/task-watcher.js'

interface Waiting {
  changes: ChangeHub
  clock: Clock
  scope: TaskScope
  /** The ids of the tasks that are read; absent if any task of the scope may join the reading. */
  taskIds?: readonly string[] | undefined
  /** The longest wait, in milliseconds. */
  waitMs: number
  /** Signals that end the wait at once: the caller is gone, or the server stops. */
  signals: readonly AbortSignal[]
}

/**
 * Reads until the reading is news or the wait is over. Reads the store once, and again only after a change that the last
 * reading did not contain.
 *
 * @returns the last reading, whether it is news or not
 */
export async function awaitNews<R extends { tasks: readonly StoredTask[] }>(
  read: () => Promise<R>,
  isNews: (reading: R) => boolean,
  { changes, clock, waitMs, signals, ...followed }: Waiting,
): Promise<R> {
  const versions = new Map<string, number>()
  let stirred = false
  let over = false
  let wake: (() => void) | undefined

  const stir = () => {
    stirred = true
    wake?.()
  }
  const end = () => {
    over = true
    wake?.()
  }
  // Subscribes before the first reading, so that no change is missed.
  const unsubscribe = changes.subscribe({
    onChanges(told) {
      for (const change of told) if (isUnseen(change, { versions, ...followed })) stir()
    },
    following: () => followed.taskIds ?? versions.keys(),
    // New tasks of a batch have unknown ids, so all tasks of their owner are followed.
    owners: () => (followed.taskIds ? [] : [ownerOf(followed.scope)]),
  })
  const stopTimer = clock.after(waitMs, end)
  for (const signal of signals) {
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
  }
  try {
    for (;;) {
      stirred = false
      const reading = await read()
      // Tasks that an earlier round noted and this reading lacks are ignored from now on.
      for (const taskId of versions.keys()) versions.set(taskId, Infinity)
      for (const { taskId, version } of reading.tasks) versions.set(taskId, version)
      if (over || isNews(reading)) return reading
      if (!stirred) await new Promise<void>((resolve) => (wake = resolve))
      if (over) return reading
    }
  } finally {
    unsubscribe()
    stopTimer()
    for (const signal of signals) signal.removeEventListener('abort', end)
  }
}

/** Whether a change may be news. Notes the version, so that each version counts once. */
function isUnseen(
  change: TaskChange,
  { versions, scope, taskIds }: Pick<Waiting, 'scope' | 'taskIds'> & { versions: Map<string, number> },
): boolean {
  const { taskId, version } = change
  if (!isOwnedBy(change, ownerOf(scope))) return false
  if (taskIds && !taskIds.includes(taskId)) return false
  if (version <= (versions.get(taskId) ?? 0)) return false
  versions.set(taskId, version)
  return true
}
