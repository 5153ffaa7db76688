import { type BackoffPolicy, LIMITS } from '@brandkit/core'
import { type DueTime, dueIn, msUntil } from './due-time.js'

/** What the follower keeps of one task. */
export interface FollowedTask {
  readonly taskId: string
  /** One for each caller that follows; the shortest delay counts. None: nobody does at the moment. */
  readonly followers: Set<{ readonly backoff: BackoffPolicy }>
  /** The newest that is known; 0 when nothing is. */
  version: number
  traceId: string | undefined
  /** Reads of this version so far. */
  attempt: number
  due: DueTime
  /** Before this the server does not want to be asked. */
  notBefore: DueTime
  /** A request that asks for it is under way. */
  reading: boolean
  /** The event stream that is up has told of it, and will tell what becomes of it: no need to read. */
  streamed: boolean
}

/** A task of which nothing is known: due at once. */
export function createFollowedTask(taskId: string, now: number): FollowedTask {
  const atOnce = dueIn(0, now)
  return {
    taskId,
    followers: new Set(),
    version: 0,
    traceId: undefined,
    attempt: 0,
    due: atOnce,
    notBefore: atOnce,
    reading: false,
    streamed: false,
  }
}

/** Milliseconds until the task should be read. */
export function msUntilRead(task: FollowedTask, now: number): number {
  // The reply decides when to read next; until then a scheduler may look again now and then.
  if (task.reading) return 1_000
  return Math.max(msUntil(task.due, now), msUntil(task.notBefore, now))
}

/** Whether an unread task goes into a request that is made now: it is due within a quarter of its own delay. */
export function isReadable({ reading, due, notBefore }: FollowedTask, now: number): boolean {
  return !reading && msUntil(due, now) <= due.waitMs / 4 && msUntil(notBefore, now) === 0
}

/** Whether a server could know a task of this id. Ids come out of a browser's storage too, where anything may stand. */
export function isPossibleId(taskId: string): boolean {
  // The protocol separates ids by commas, and one bad id would spoil the request for the others in it.
  return taskId.length > 0 && taskId.length <= LIMITS.idCharacters && !taskId.includes(',')
}
