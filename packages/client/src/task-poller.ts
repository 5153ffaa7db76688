import {
  type BackoffPolicy,
  type GetStatusesResponse,
  isTaskError,
  type TaskHints,
  type TaskJson,
  type TaskLogger,
  type TaskWire,
} from '@brandkit/core'
import * as LIMITS from '@brandkit/core/limits'
import { throwIfAborted } from './abort-signals.js'
import { type FollowedTask, type FollowedTasks, isPossibleId } from './followed-tasks.js'
import type { TickDelays } from './tick-delays.js'

export interface TaskPollerOptions {
  wire: Pick<TaskWire, 'getStatuses'>
  tasks: FollowedTasks
  delays: TickDelays
  /** The backoff of tasks that have no backoff of their own. */
  usual: BackoffPolicy
  /** The shortest wait before a read of a known task, in milliseconds. */
  shortestMs: () => number
  onTasks: (tasks: readonly TaskJson[], hints: Readonly<Record<string, TaskHints>>) => void
  onMissing: ((taskIds: readonly string[]) => void) | undefined
  /** Called after each request, before `onTasks`; `undefined` means that the server answered. */
  onOutcome: (error: unknown) => void
  logger: TaskLogger
}

/** Reads due tasks in as few requests as possible. Holds no timer. */
export interface TaskPoller {
  /** Sets the time of the task's next read, by its backoff. */
  schedule(task: FollowedTask): void
  /** Milliseconds until the earliest read is due; `false` without tasks to read. */
  msUntilDue(): number | false
  poll(signal: AbortSignal | undefined): Promise<void>
  /** Stops all reads for this long, in milliseconds; 0 ends an earlier hold. */
  hold(ms: number): void
}

/** The longest wait that `setTimeout` can hold; longer waits would fire at once, repeatedly. */
const LONGEST_WAIT_MS = 2_147_483_647

export function createTaskPoller(options: TaskPollerOptions): TaskPoller {
  const { wire, tasks, delays, usual, shortestMs, onTasks, onMissing, onOutcome, logger } = options
  const { now } = tasks
  /** Set by the server's `Retry-After`. */
  let pausedUntil = 0
  let heldUntil = 0

  function schedule(task: FollowedTask): void {
    const policies = [...task.followers].map(({ backoff }) => backoff)
    if (policies.length === 0) policies.push(usual)
    const delay = Math.min(...policies.map((policy) => delays.delayMs(policy, task.attempt + 1)))
    const waitMs = Math.max(delay, shortestMs())
    task.due = now() + waitMs
    task.readableAt = task.due - waitMs / 4
  }

  function accept(group: readonly FollowedTask[], reply: GetStatusesResponse): void {
    for (const task of group) task.attempt += 1
    const brought = reply.tasks.filter((json) => {
      const task = group.find(({ taskId }) => taskId === json.taskId)
      return task !== undefined && tasks.receive(task, json)
    })
    const gone = group.filter(({ taskId }) => reply.missing.includes(taskId))
    for (const task of gone) tasks.end(task)
    // Runs before `onTasks`, because a receiver may ask for `msUntilDue`, or throw.
    for (const task of group) {
      task.reading = false
      task.notBefore = now() + (reply.pollAfterMs ?? 0)
      schedule(task)
    }
    if (brought.length > 0) onTasks(brought, reply.hints ?? {})
    if (gone.length > 0) onMissing?.(gone.map(({ taskId }) => taskId))
  }

  /** Reads the tasks in as many requests as necessary, one after another. */
  async function readAll(due: readonly FollowedTask[], signal: AbortSignal | undefined): Promise<void> {
    const errors: unknown[] = []
    for (let start = 0; start < due.length; start += LIMITS.tasksPerRequest) {
      // During an earlier request, tasks may have ended, lost their last follower or arrived by the stream.
      const group = due.slice(start, start + LIMITS.tasksPerRequest).filter((task) => tasks.isUnread(task))
      if (group.length === 0) continue
      throwIfAborted(signal)

      let reply: GetStatusesResponse
      try {
        // The remaining requests would fail in the same way. They are not sent, but their tasks wait as if they had
        // failed.
        if (errors.some(concernsAll)) throw errors[0]
        reply = await ask(group, signal)
      } catch (error) {
        if (signal?.aborted) throw error
        errors.push(error)
        if (isTaskError(error) && error.retryAfterMs !== undefined) pausedUntil = now() + error.retryAfterMs
        for (const task of group) {
          task.attempt += 1
          schedule(task)
        }
        onOutcome(error)
        continue
      }
      onOutcome(undefined)
      accept(group, reply)
    }
    if (errors.length > 0) throw errors[0]
  }

  async function ask(group: readonly FollowedTask[], signal: AbortSignal | undefined): Promise<GetStatusesResponse> {
    for (const { taskId, attempt, traceId } of group)
      logger.info(`Polling task ${taskId}, attempt ${attempt + 1}`, { traceId })
    return wire.getStatuses(
      group.map(({ taskId }) => taskId),
      { signal },
    )
  }

  return {
    schedule,

    msUntilDue() {
      const unread = tasks.unread()
      if (unread.length === 0) return false
      const time = now()
      const earliest = Math.min(
        // The reply decides when to read next; until then schedulers may check once a second.
        ...unread.map(({ reading, due, notBefore }) => (reading ? time + 1_000 : Math.max(due, notBefore))),
      )
      return Math.min(LONGEST_WAIT_MS, Math.max(0, Math.max(earliest, pausedUntil, heldUntil) - time))
    },

    async poll(signal) {
      const time = now()
      if (time < Math.max(pausedUntil, heldUntil)) return
      tasks.forgetIdle()
      const due = tasks.unread().filter((task) => !task.reading && time >= Math.max(task.readableAt, task.notBefore))
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
      }
    },

    hold(ms) {
      heldUntil = now() + ms
    },
  }
}

/** Failures that concern every request, whatever its ids: no answer, no sign-in, too many requests, out of service. */
const SHARED_FATES: ReadonlySet<number> = new Set([0, 401, 429, 503])

function concernsAll(error: unknown): boolean {
  return isTaskError(error) && (error.retryAfterMs !== undefined || SHARED_FATES.has(error.status))
}
