import type { Clock } from '../clock.js'
import { isOwnedBy, type TaskScope } from '../principal.js'
import type { ChangeHub } from '../runtime/watching/change-hub.js'
import type { StoredTask } from '../store/task-store.js'
import type { TaskChange } from '../store/task-watcher.js'

interface Waiting {
  changes: ChangeHub
  clock: Clock
  scope: TaskScope
  /** What the reading is of; absent where any task of the scope may turn out to belong to it. */
  taskIds?: readonly string[] | undefined
  /** The longest wait. */
  waitMs: number
  /** Each of them ends the wait at once: the caller has gone, the server stops. */
  signals: readonly AbortSignal[]
}

/**
 * Reads until what it reads is news, or the wait is over. The store is read once, and again only when a change was
 * told that the last reading did not show.
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
  // Before the first reading, so that nothing is missed between the two.
  const unsubscribe = changes.subscribe({
    onChanges(told) {
      for (const change of told) if (isUnseen(change, { versions, ...followed })) stir()
    },
    following: () => followed.taskIds ?? versions.keys(),
    // What grows, grows by tasks that nobody knows yet.
    owners: () => (followed.taskIds ? [] : [followed.scope]),
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
      // What was looked for and is not there is none of this reading's business, whatever becomes of it.
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

/** Whether a change may be news, which is asked of each version once. */
function isUnseen(
  change: TaskChange,
  { versions, scope, taskIds }: Pick<Waiting, 'scope' | 'taskIds'> & { versions: Map<string, number> },
): boolean {
  const { taskId, version } = change
  if (!isOwnedBy(change, scope)) return false
  if (taskIds && !taskIds.includes(taskId)) return false
  if (version <= (versions.get(taskId) ?? 0)) return false
  versions.set(taskId, version)
  return true
}
