import { type BackoffPolicy, isTerminal, type TaskJson } from '@brandkit/core'
import * as LIMITS from '@brandkit/core/limits'

/** The follower's state of one task. Times are from its steady clock. */
export interface FollowedTask {
  readonly taskId: string
  /** One entry per caller that follows the task; the shortest delay counts. Empty without followers. */
  readonly followers: Set<{ readonly backoff: BackoffPolicy }>
  /** The newest known version; 0 before the first. */
  version: number
  traceId: string | undefined
  /** The number of reads of this version. */
  attempt: number
  /** When the task should be read. */
  due: number
  /** When a request for other tasks may include this one: a quarter of its own delay earlier. */
  readableAt: number
  /** The server asked us to wait until this time. */
  notBefore: number
  /** Whether a request for the task is in flight. */
  reading: boolean
  /**
   * Whether the current event stream has reported the task. The stream then reports its changes, so polling is
   * unnecessary.
   */
  streamed: boolean
}

/** The facts about a task that any source brings. */
export type KnownTask = Pick<TaskJson, 'taskId' | 'status' | 'version'> & { traceId?: string | undefined }

/** The followed tasks, and those that lost their last follower a moment ago. */
export interface FollowedTasks {
  /** The clock of the tasks' times, in milliseconds. It never runs backwards. */
  readonly now: () => number
  /** Returns the function that stops following. Calls are counted. */
  follow(taskId: string, backoff: BackoffPolicy): () => void
  get(taskId: string): FollowedTask | undefined
  isAnyFollowed(): boolean
  /** Whether only a read can bring news: the task has followers, and the stream does not report it. */
  isUnread(task: FollowedTask): boolean
  unread(): FollowedTask[]
  /** Returns whether `known` is at least as new as the stored version. Stops following tasks that have ended. */
  receive(task: FollowedTask, known: KnownTask): boolean
  end(task: FollowedTask): void
  /** Marks all tasks as no longer reported by the stream. */
  forgetStream(): void
  /** Makes all tasks that the stream does not report due now, and restarts their backoff. */
  makeDue(): void
  /** Drops tasks without followers whose due time has passed. */
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
      // A task that lost its last follower a moment ago keeps its due time. A component that stops and starts again in
      // one render therefore causes no request.
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

/** A task of unknown version, which is due at once. */
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

/** Whether a task can have this id. Ids also come from a browser's storage, which may hold anything. */
export function isPossibleId(taskId: string): boolean {
  // The protocol separates ids by commas, and one bad id would spoil the request for all others.
  return taskId.length > 0 && taskId.length <= LIMITS.idCharacters && !taskId.includes(',')
}

/**
 * A clock in milliseconds that never runs backwards. If the user sets the device's clock back, it continues from its
 * last value. Otherwise all waits would become longer by the difference.
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
