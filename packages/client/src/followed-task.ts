import { type BackoffPolicy, LIMITS } from '@brandkit/core'

/** What the follower keeps of one task. Times are of its steady clock. */
export interface FollowedTask {
  readonly taskId: string
  /** One for each caller that follows; the shortest delay counts. None: nobody does at the moment. */
  readonly followers: Set<{ readonly backoff: BackoffPolicy }>
  /** The newest that is known; 0 when nothing is. */
  version: number
  traceId: string | undefined
  /** Reads of this version so far. */
  attempt: number
  /** When it should be read. */
  due: number
  /** When it may go into a request that is made anyway: by a quarter of its own delay sooner. */
  readableAt: number
  /** Before this the server does not want to be asked. */
  notBefore: number
  /** A request that asks for it is under way. */
  reading: boolean
  /** The event stream that is up has told of it, and will tell what becomes of it: no need to read. */
  streamed: boolean
}

/** A task of which nothing is known: due at once. */
export function createFollowedTask(taskId: string): FollowedTask {
  return {
    taskId,
    followers: new Set(),
    version: 0,
    traceId: undefined,
    attempt: 0,
    due: 0,
    readableAt: 0,
    notBefore: 0,
    reading: false,
    streamed: false,
  }
}

/** Whether a server could know a task of this id. Ids come out of a browser's storage too, where anything may stand. */
export function isPossibleId(taskId: string): boolean {
  // The protocol separates ids by commas, and one bad id would spoil the request for the others in it.
  return taskId.length > 0 && taskId.length <= LIMITS.idCharacters && !taskId.includes(',')
}
