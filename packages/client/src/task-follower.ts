import {
  type BackoffPolicy,
  createLogger,
  type GetStatusesResponse,
  isTaskError,
  isTerminal,
  LIMITS,
  type TaskErrorCode,
  type TaskHints,
  type TaskJson,
  type TaskLogger,
} from '@brandkit/core'
import { dueIn, msUntil } from './due-time.js'
import { createFollowedTask, type FollowedTask, isPossibleId, isReadable, msUntilRead } from './followed-task.js'
import type { TaskWire } from './task-service.js'
import { createTickDelays } from './tick-delays.js'

export interface TaskFollowerOptions {
  service: { readonly wire: TaskWire }
  /** Called with what a poll brought, never older than what is known; the receiver decides by version what is news. */
  onTasks: (tasks: readonly TaskJson[], hints: Readonly<Record<string, TaskHints>>) => void
  /** Called with ids that the server does not know (any more). */
  onMissing?: ((taskIds: readonly string[]) => void) | undefined
  /** How the time between two reads of one task grows. Default: 1 s to 30 s, factor 1.5. */
  backoff?: BackoffPolicy | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined
  /** A number in [0, 1), drawn once a poll for the default backoff. Default `Math.random`. */
  random?: (() => number) | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
}

/**
 * Decides when to read which task, for all followed tasks at once: one timer, and what falls due within a quarter of
 * its own delay goes into the same request. Holds no timer itself; a scheduler asks `msUntilDue` and calls `poll`.
 */
export interface TaskFollower {
  /**
   * Follows a task to its end. Returns the function that stops it; following twice is counted, and the shortest backoff
   * counts. A task of which nothing is known is due at once; `observe` what is known to wait for the backoff instead.
   */
  follow(taskId: string, options?: { backoff?: BackoffPolicy | undefined }): () => void
  /** Tells the follower what is known of a task, from wherever: ends following it, or starts its backoff again. */
  observe(task: Pick<TaskJson, 'taskId' | 'status' | 'version'> & { traceId?: string | undefined }): void
  /** Milliseconds until the earliest read is due; `false` when nothing is followed, or nobody is signed in. */
  msUntilDue(): number | false
  /**
   * Reads every task that is due. Failures count as attempts, so the backoff grows; rejects with the first TaskError, or
   * with the reason of an aborted signal, which counts as nothing. After `unauthenticated` nothing is due until `wake`.
   */
  poll(options?: { signal?: AbortSignal | undefined }): Promise<void>
  /**
   * Makes everything due now and starts the backoff again: the page became visible, the network came back, or the user
   * signed in. A `Retry-After` that the server answered still holds.
   */
  wake(): void
  /** Called whenever `msUntilDue` may have become smaller. */
  subscribe(listener: () => void): () => void
}

/** Makes a follower. Nothing happens until `poll` is called. */
export function createTaskFollower(options: TaskFollowerOptions): TaskFollower {
  const { service, onTasks, onMissing, now = Date.now, random = Math.random } = options
  const logger = (options.logger ?? createLogger()).scope('TaskPolling')
  const delays = createTickDelays(random)
  const usual = options.backoff ?? delays.standard

  const tasks = new Map<string, FollowedTask>()
  const listeners = new Set<() => void>()
  let pause = dueIn(0, now())
  let signedOut = false

  const notify = () => {
    for (const listener of listeners) listener()
  }
  const isFollowed = (task: FollowedTask) => task.policies.length > 0 && tasks.get(task.taskId) === task
  const end = (task: FollowedTask) => {
    if (tasks.get(task.taskId) === task) tasks.delete(task.taskId)
  }

  function schedule(task: FollowedTask): void {
    const policies = task.policies.length > 0 ? task.policies : [usual]
    const delay = Math.min(...policies.map((policy) => delays.delayMs(policy, task.attempt + 1)))
    task.due = dueIn(delay, now())
  }

  /** Returns whether the task is at least as new as what was known before. */
  function learn(task: FollowedTask, { status, version, traceId }: Parameters<TaskFollower['observe']>[0]): boolean {
    if (version < task.version) return false
    if (version > task.version) task.attempt = 0
    task.version = version
    task.traceId = traceId ?? task.traceId
    if (isTerminal(status)) end(task)
    return true
  }

  function accept(group: readonly FollowedTask[], reply: GetStatusesResponse): void {
    const asked = new Map(group.map((task) => [task.taskId, task]))
    const brought = reply.tasks.filter((json) => {
      const task = asked.get(json.taskId)
      return task !== undefined && learn(task, json)
    })
    const missing = new Set(reply.missing)
    const gone = group.filter(({ taskId }) => missing.has(taskId))
    gone.forEach(end)
    // Before telling anybody: a receiver may ask for `msUntilDue`, or throw.
    for (const task of group) {
      task.reading = false
      task.notBefore = dueIn(reply.pollAfterMs ?? 0, now())
      schedule(task)
    }
    if (brought.length > 0) onTasks(brought, reply.hints ?? {})
    if (gone.length > 0) onMissing?.(gone.map(({ taskId }) => taskId))
  }

  function reject(group: readonly FollowedTask[], error: unknown): void {
    if (isTaskError(error)) {
      if (error.code === 'unauthenticated') signedOut = true
      if (error.retryAfterMs !== undefined) pause = dueIn(error.retryAfterMs, now())
    }
    for (const task of group) schedule(task)
  }

  async function ask(group: readonly FollowedTask[], signal: AbortSignal | undefined): Promise<GetStatusesResponse> {
    for (const { taskId, attempt, traceId } of group)
      logger.info(`Polling task ${taskId}, attempt ${attempt}`, { traceId })
    return service.wire.getStatuses(
      group.map(({ taskId }) => taskId),
      { signal },
    )
  }

  /** Reads the tasks in as many requests as it takes, one after another. */
  async function readAll(due: readonly FollowedTask[], signal: AbortSignal | undefined): Promise<void> {
    const errors: unknown[] = []
    for (let start = 0; start < due.length; start += LIMITS.tasksPerRequest) {
      // While an earlier request was under way, some may have ended or lost their last follower.
      const group = due.slice(start, start + LIMITS.tasksPerRequest).filter(isFollowed)
      if (group.length === 0) continue
      signal?.throwIfAborted()
      for (const task of group) task.attempt += 1

      // What would fail in the same way is not sent, but waits as if it had been.
      const outcome = errors.some(concernsAll) ? { error: errors[0] } : await settle(ask(group, signal))
      if ('reply' in outcome) {
        accept(group, outcome.reply)
        continue
      }
      if (signal?.aborted) {
        for (const task of group) task.attempt = Math.max(0, task.attempt - 1)
        throw outcome.error
      }
      errors.push(outcome.error)
      reject(group, outcome.error)
    }
    if (errors.length > 0) throw errors[0]
  }

  return {
    follow(taskId, { backoff = usual } = {}) {
      // One that lost its last follower a moment ago still has its due time: a component that stops and starts again
      // in one render makes no request by that.
      const task = tasks.get(taskId) ?? createFollowedTask(taskId, now())
      tasks.set(taskId, task)
      task.policies.push(backoff)
      notify()

      let stopped = false
      return () => {
        if (stopped) return
        stopped = true
        task.policies.splice(task.policies.indexOf(backoff), 1)
      }
    },

    observe(known) {
      const task = tasks.get(known.taskId)
      if (!task) return
      const isNews = known.version > task.version
      if (!learn(task, known) || !isNews || !isFollowed(task)) return
      schedule(task)
      notify()
    },

    msUntilDue() {
      const time = now()
      const followed = [...tasks.values()].filter(isFollowed)
      if (signedOut || followed.length === 0) return false
      const earliest = followed.reduce((least, task) => Math.min(least, msUntilRead(task, time)), Infinity)
      return Math.max(earliest, msUntil(pause, time))
    },

    async poll({ signal } = {}) {
      const time = now()
      if (signedOut || msUntil(pause, time) > 0) return
      for (const task of tasks.values()) {
        if (task.policies.length === 0 && !task.reading && msUntil(task.due, time) === 0) end(task)
      }
      const due = [...tasks.values()].filter((task) => isReadable(task, time))
      if (due.length === 0) return

      delays.nextTick()
      const impossible = due.filter(({ taskId }) => !isPossibleId(taskId))
      if (impossible.length > 0) {
        accept(impossible, { tasks: [], missing: impossible.map(({ taskId }) => taskId) })
      }
      for (const task of due) task.reading = true
      try {
        await readAll(due, signal)
      } finally {
        for (const task of due) task.reading = false
        // What an abort left unread is due at once.
        if (signal?.aborted) notify()
      }
    },

    wake() {
      signedOut = false
      for (const task of tasks.values()) {
        task.attempt = 0
        task.due = dueIn(0, now())
        task.notBefore = task.due
      }
      notify()
    },

    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Errors of the connection or the server as a whole, not of the ids that one request asked for. */
const SHARED_FATES: ReadonlySet<string> = new Set<TaskErrorCode>([
  'unauthenticated',
  'rate_limited',
  'network_error',
  'store_unavailable',
  'shutting_down',
])

function concernsAll(error: unknown): boolean {
  return isTaskError(error) && (error.retryAfterMs !== undefined || SHARED_FATES.has(error.code))
}

async function settle<T>(promise: Promise<T>): Promise<{ reply: T } | { error: unknown }> {
  try {
    return { reply: await promise }
  } catch (error) {
    return { error }
  }
}
