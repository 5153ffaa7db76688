import { type BackoffPolicy, isTerminal, type TaskJson } from '@brandkit/core'
import { dueIn, msUntil } from './due-time.js'
import { createFollowedTask, type FollowedTask } from './followed-task.js'

/** What is told of a task, from wherever. */
export type KnownTask = Pick<TaskJson, 'taskId' | 'status' | 'version'> & { traceId?: string | undefined }

/** The tasks that are followed, and those that were a moment ago. */
export interface FollowedTasks {
  /** Returns the function that stops it. Following twice is counted. */
  follow(taskId: string, policy: BackoffPolicy): () => void
  get(taskId: string): FollowedTask | undefined
  all(): FollowedTask[]
  isFollowed(task: FollowedTask): boolean
  /** Returns whether what is told is at least as new as what was known before. Ends a task that is over. */
  learn(task: FollowedTask, known: KnownTask): boolean
  end(task: FollowedTask): void
  /** Forgets tasks that nobody follows and whose time has passed. */
  forgetIdle(): void
}

export function createFollowedTasks({ now }: { now: () => number }): FollowedTasks {
  const tasks = new Map<string, FollowedTask>()

  function end(task: FollowedTask): void {
    if (tasks.get(task.taskId) === task) tasks.delete(task.taskId)
  }

  return {
    follow(taskId, policy) {
      // One that lost its last follower a moment ago still has its due time: a component that stops and starts again
      // in one render makes no request by that.
      const task = tasks.get(taskId) ?? createFollowedTask(taskId, now())
      tasks.set(taskId, task)
      task.policies.push(policy)
      return () => {
        const at = task.policies.indexOf(policy)
        if (at >= 0) task.policies.splice(at, 1)
      }
    },
    get: (taskId) => tasks.get(taskId),
    all: () => [...tasks.values()],
    isFollowed: (task) => task.policies.length > 0 && tasks.get(task.taskId) === task,
    learn(task, { status, version, traceId }) {
      if (version < task.version) return false
      if (version > task.version) task.attempt = 0
      task.version = version
      task.traceId = traceId ?? task.traceId
      if (isTerminal(status)) end(task)
      return true
    },
    end,
    forgetIdle() {
      for (const task of tasks.values()) {
        if (task.policies.length === 0 && !task.reading && msUntil(task.due, now()) === 0) end(task)
      }
    },
  }
}

/** Makes a task due now, and starts its backoff again. */
export function makeDue(task: FollowedTask, now: number): void {
  task.attempt = 0
  task.due = dueIn(0, now)
  task.notBefore = task.due
}
