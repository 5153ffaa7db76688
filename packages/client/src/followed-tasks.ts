import { type BackoffPolicy, isTerminal, type TaskJson } from '@brandkit/core'
import { createFollowedTask, type FollowedTask } from './followed-task.js'

/** What is told of a task, from wherever. */
export type KnownTask = Pick<TaskJson, 'taskId' | 'status' | 'version'> & { traceId?: string | undefined }

/** The tasks that are followed, and those that were a moment ago. */
export interface FollowedTasks {
  /** Returns the function that stops it. Following twice is counted. */
  follow(taskId: string, backoff: BackoffPolicy): () => void
  get(taskId: string): FollowedTask | undefined
  isAnyFollowed(): boolean
  /** Whether only a read can tell what becomes of it: somebody follows it, and the stream does not tell of it. */
  isUnread(task: FollowedTask): boolean
  unread(): FollowedTask[]
  /** Returns whether what is told is at least as new as what was known before. Ends a task that is over. */
  learn(task: FollowedTask, known: KnownTask): boolean
  end(task: FollowedTask): void
  /** The stream does not tell of any task any more. */
  forgetStream(): void
  /** Makes what the stream does not tell of due now, and starts its backoff again. */
  makeDue(): void
  /** Forgets tasks that nobody follows and whose time has passed. */
  forgetIdle(): void
}

export function createFollowedTasks({ now }: { now: () => number }): FollowedTasks {
  const tasks = new Map<string, FollowedTask>()

  function end(task: FollowedTask): void {
    if (tasks.get(task.taskId) === task) tasks.delete(task.taskId)
  }

  const isUnread = (task: FollowedTask) => task.followers.size > 0 && !task.streamed && tasks.get(task.taskId) === task

  return {
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
    learn(task, { status, version, traceId }) {
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
