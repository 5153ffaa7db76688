import type { TaskJson } from '../background-task.js'
import type { TaskHints } from './get-status.js'

export interface WatchTasksRequest {
  /** Only the tasks of this batch; the stream ends with them. Default: all tasks of the caller, without end. */
  batchId?: string | undefined
}

interface TaskNews {
  /** Without payloads. */
  tasks: TaskJson[]
  /** By task id. */
  hints?: Record<string, TaskHints>
}

/**
 * One message of `?action=events`. Over SSE, `event` and `data` are the fields of that name and a beat is a comment;
 * over a WebSocket the whole is one JSON text.
 *
 * The first is always `snapshot`: what is under way, and what ended within `LIMITS.snapshotMinutes`. Then come versions,
 * ascending for each task; intermediates may be skipped, the last never. After a gap there is a fresh snapshot.
 */
export type TaskStreamEvent =
  | { event: 'snapshot' | 'tasks'; data: TaskNews }
  /** The stream lives; one comes at least every `LIMITS.beatSeconds`. */
  | { event: 'beat'; data: Record<string, never> }
  /** The server closes now, as planned: connect again after this time. */
  | { event: 'reconnect'; data: { afterMs: number } }
  /** The credentials are no longer good: renew them before connecting again. */
  | { event: 'unauthenticated'; data: Record<string, never> }
  /** Everything that was asked for is over. Connecting again is answered with 204. */
  | { event: 'end'; data: Record<string, never> }
