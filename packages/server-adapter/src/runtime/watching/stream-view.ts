import { isInScope, type TaskScope } from '../../principal.js'
import type { TaskChange } from '../../store/task-watcher.js'
import type { StreamedTask } from './streamed-task.js'

/** Versions that a stream remembers. To forget one costs at most that it is sent once more. */
const MOST_SEEN = 10_000

/** What one reader has been sent, and what it has yet to be sent: ids and versions, never a task. */
export interface StreamView {
  /** Whether the reader may see the task and has not had this version. What it may never see is not asked about again. */
  isNews(task: StreamedTask): boolean
  /** The same of a change, which tells less. */
  mayBeNews(change: Pick<TaskChange, 'taskId' | 'version'>): boolean
  /** This version, or a later one, is to be sent when there is room. */
  postpone(change: Pick<TaskChange, 'taskId' | 'version'>): void
  /** The first of those that wait, which wait no more. */
  takeWaiting(count: number): string[]
  readonly waiting: number
  sent(task: StreamedTask): void
  /** Whether every task of the batch has been sent in its last version. Never without a batch. */
  isOver(): boolean
  clear(): void
}

export function createStreamView({ scope, batchId }: { scope: TaskScope; batchId?: string | undefined }): StreamView {
  const seen = new Map<string, number>()
  /** The version that is owed. */
  const waiting = new Map<string, number>()
  /** The tasks of the batch that are under way. */
  const active = new Set<string>()

  function isVisible(task: StreamedTask): boolean {
    return !task.isGone && (batchId === undefined || task.batchId === batchId) && isInScope(task, scope)
  }

  function note(taskId: string, version: number): void {
    seen.set(taskId, version)
    // What was read before the change that is waited for settles nothing.
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
      // Owner, brand and batch never change, nor does what is gone come back.
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
