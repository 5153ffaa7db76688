import { isInScope, type TaskScope } from '../../principal.js'
import type { TaskChange } from '../../store/task-watcher.js'
import type { StreamedTask } from './streamed-task.js'

/** How many versions a stream remembers. A task with a forgotten version may be sent once more than necessary. */
const MOST_SEEN = 10_000

/** The versions that one reader has received, and those that wait to be sent. Holds ids and versions, never a task. */
export interface StreamView {
  /** Whether the reader may see the task and lacks this version. Later changes of an invisible task are ignored. */
  isNews(task: StreamedTask): boolean
  /** Whether the reader lacks the version of a change. Ignores visibility, which a change does not tell. */
  mayBeNews(change: Pick<TaskChange, 'taskId' | 'version'>): boolean
  /** Notes that this version, or a later one, must be sent when there is room. */
  postpone(change: Pick<TaskChange, 'taskId' | 'version'>): void
  /** Removes and returns the first `count` waiting ids. */
  takeWaiting(count: number): string[]
  readonly waiting: number
  sent(task: StreamedTask): void
  /** Whether every task of the batch has been sent in its last version. Always false without a batch. */
  isOver(): boolean
  clear(): void
}

export function createStreamView({ scope, batchId }: { scope: TaskScope; batchId?: string | undefined }): StreamView {
  const seen = new Map<string, number>()
  /** The least version that must be sent, by task id. */
  const waiting = new Map<string, number>()
  /** The active tasks of the batch. */
  const active = new Set<string>()

  function isVisible(task: StreamedTask): boolean {
    return !task.isGone && (batchId === undefined || task.batchId === batchId) && isInScope(task, scope)
  }

  function note(taskId: string, version: number): void {
    seen.set(taskId, version)
    // A task that was read before its awaited change must still wait.
    if ((waiting.get(taskId) ?? 0) <= version) waiting.delete(taskId)
    if (seen.size <= MOST_SEEN) return
    const [oldest] = seen.keys()
    if (oldest !== undefined) seen.delete(oldest)
  }

  const mayBeNews: StreamView['mayBeNews'] = ({ taskId, version }) => (seen.get(taskId) ?? 0) < version

  return {
    mayBeNews,
    isNews(task) {
      if (!mayBeNews(task)) return false
      if (isVisible(task)) return true
      // An invisible task stays invisible: owner, brand and batch never change, and purged tasks never return.
      note(task.taskId, Infinity)
      active.delete(task.taskId)
      return false
    },
    postpone: ({ taskId, version }) => void waiting.set(taskId, Math.max(version, waiting.get(taskId) ?? 0)),
    takeWaiting(count) {
      const taken: string[] = []
      for (const taskId of waiting.keys()) {
        if (taken.length === count) break
        taken.push(taskId)
        waiting.delete(taskId)
      }
      return taken
    },
    get waiting() {
      return waiting.size
    },
    sent(task) {
      note(task.taskId, task.version)
      if (task.isOver) active.delete(task.taskId)
      else if (batchId !== undefined) active.add(task.taskId)
    },
    isOver: () => batchId !== undefined && active.size === 0 && waiting.size === 0,
    clear() {
      seen.clear()
      waiting.clear()
      active.clear()
    },
  }
}
