import { type BackoffPolicy, isTerminal, LIMITS, type TaskJson } from '@brandkit/core'

/** What the follower keeps of one task. Times are of its steady clock. */
export interface FollowedTask {
  readonly taskId: string
  /** One for each caller that follows; the shortest delay counts. Empty while the task has no follower. */
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

/** What any source tells of a task. */
export type KnownTask = Pick<TaskJson, 'taskId' | 'status' | 'version'> & { traceId?: string | undefined }

/** The tasks that are followed, and those that were a moment ago. */
export interface FollowedTasks {
  /** The clock of their times, in milliseconds: it never runs backwards. */
  readonly now: () => number
  /** Returns the function that stops it. Following twice is counted. */
  follow(taskId: string, backoff: BackoffPolicy): () => void
  get(taskId: string): FollowedTask | undefined
  isAnyFollowed(): boolean
  /** Whether only a read can tell what becomes of it: it is followed, and the stream does not tell of it. */
  isUnread(task: FollowedTask): boolean
  unread(): FollowedTask[]
  /** Returns whether what is told is at least as new as what was known before. Ends a task that is over. */
  receive(task: FollowedTask, known: KnownTask): boolean
  end(task: FollowedTask): void
  /** The stream does not tell of any task any more. */
  forgetStream(): void
  /** Makes what the stream does not tell of due now, and starts its backoff again. */
  makeDue(): void
  /** Forgets tasks that have no follower and whose time has passed. */
  forgetIdle(): void
}

export function createFollowedTasks(options: { now: () => number }): FollowedTasks {
  const now = createSteadyClock(options.now)
  const tasks = new Map<string, FollowedTask>()

  function end(task: FollowedTask): void {
    if (tasks.get(task.taskId) === task) tasks.delete(task.taskId)
  }

  const isUnread = (task: FollowedTask) => task.followers.size > 0 && !task.streamed && tasks.get(task.taskId) === task

  return {
    now,
    follow(taskId, backoff) {
      // One that lost its last follower a moment ago still has its due time: a component that stops and starts again
      // in one render makes no request by that.
      const task = tasks.get(taskId) ?? createFollowedTask(taskId)
      const follower = { backoff }
      tasks.set(taskId, task)
      task.followers.add(follower)
      return () => void task.followers.delete(follower)
    },
    get: (taskId) => tasks.get(taskId),
    isAnyFollowed: () => [...tasks.values()].some(({ followers }) => followers.size > 0),
    isUnread,
    unread: () => [...tasks.values()].filter(isUnread),
    receive(task, { status, version, traceId }) {
      if (version < task.version) return false
      if (version > task.version) task.attempt = 0
      task.version = version
      task.traceId = traceId ?? task.traceId
      if (isTerminal(status)) end(task)
      return true
    },
    end,
    forgetStream() {
      for (const task of tasks.values()) task.streamed = false
    },
    makeDue() {
      for (const task of tasks.values()) {
        if (task.streamed) continue
        task.attempt = 0
        task.due = 0
        task.readableAt = 0
        task.notBefore = 0
      }
    },
    forgetIdle() {
      for (const task of tasks.values()) {
        if (task.followers.size === 0 && !task.reading && task.due <= now()) end(task)
      }
    },
  }
}

/** An unknown task, which is due at once. */
function createFollowedTask(taskId: string): FollowedTask {
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

/**
 * A clock that never runs backwards, in milliseconds: when a user sets the clock of the device back, it goes on from what it
 * said last. Otherwise everything that waits would wait for so much longer.
 */
function createSteadyClock(now: () => number): () => number {
  let last = now()
  let lost = 0
  return () => {
    const time = now()
    lost += Math.max(0, last - time)
    last = time
    return time + lost
  }
}
