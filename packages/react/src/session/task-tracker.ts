import type { Listeners } from '@brandkit/client/page'
import type { TaskFollower } from '@brandkit/client'
import { hasContent, isTerminal, type TaskLogger, type TaskSummaryJson } from '@brandkit/core'
import type { TaskCache, CachedChange } from '../queries/task-cache.js'
import { toAppTask } from '../queries/to-app-task.js'
import type { DismissedTasks } from './dismissed-tasks.js'
import type { TaskEvent } from './task-event.js'
import type { TaskRegistry } from './task-registry.js'
import type { TaskSession } from './task-session.js'

/** Tasks that end sooner than this never appear in the panel. */
export const REVEAL_AFTER_MS = 400
/** Fewer tasks than this end between the stream's news of a task and the reply to its create, seconds later. */
const MOST_EMITTED = 1_000

/**
 * The source of a version: a create of this page, the list at its start, the follower, the answer to another request,
 * or another tab. Only tasks that this page created emit a start.
 */
export type TaskOrigin = 'created' | 'restored' | 'polled' | 'changed' | 'told'

export interface TaskTrackerOptions {
  cache: TaskCache
  registry: TaskRegistry
  events: Listeners<TaskEvent>
  dismissed: DismissedTasks
  follower: () => TaskFollower
  isOwn: TaskSession['isOwn']
  isLeader: () => boolean
  logger: TaskLogger
}

/** Turns newer versions of tasks into rows, events, and tasks to follow. */
export interface TaskTracker {
  /** Takes newer versions. Returns the changes. */
  receive(tasks: readonly TaskSummaryJson[], origin: TaskOrigin): CachedChange[]
  /** Removes a task from the panel, and stops following it. */
  drop(taskId: string): void
  /** Keeps what it tracks in the cache. Returns the function that leaves it to Query's garbage collection. */
  start(): () => void
}

export function createTaskTracker(options: TaskTrackerOptions): TaskTracker {
  const { cache, registry, events, dismissed, follower, isOwn, isLeader, logger } = options
  /** Functions that release a task in the cache, by task id. */
  const kept = new Map<string, () => void>()
  /** Tasks whose end was emitted, or whose start if this page created them. */
  const emitted = new Set<string>()

  function track({ previous, current }: CachedChange, origin: TaskOrigin): void {
    const { taskId, status } = current
    const fields = { taskId, traceId: current.traceId, version: current.version }
    if (registry.has(taskId)) {
      if (previous && previous.status !== status) logger.info(`Updating task ${taskId} to ${status}`, fields)
    } else if (!dismissed.has(taskId) && (origin === 'created' || origin === 'restored' || !isTerminal(status))) {
      logger.info(`Adding task ${taskId}`, { ...fields, status })
      registry.add(taskId, isTerminal(status) ? undefined : follow(current))
      if (origin === 'restored') registry.reveal(taskId)
      else setTimeout(() => revealActive(taskId), REVEAL_AFTER_MS)
    }
    // A failure needs a person, even if it happens at once.
    if (status === 'failed') registry.reveal(taskId)
    keepWhatIsNeeded(current)
  }

  function follow(task: TaskSummaryJson): () => void {
    const stop = follower().follow(task.taskId)
    // Without this call the follower would read the same task again at once.
    follower().receive(task)
    return stop
  }

  /** Keeps tasks of the panel and dismissed tasks that still run: only an earlier version lets us see their end. */
  function keepWhatIsNeeded({ taskId, status }: TaskSummaryJson): void {
    if (registry.has(taskId) || (!isTerminal(status) && dismissed.has(taskId))) {
      if (!kept.has(taskId)) kept.set(taskId, cache.keep(taskId))
      return
    }
    kept.get(taskId)?.()
    kept.delete(taskId)
  }

  function revealActive(taskId: string): void {
    const task = cache.find(taskId)
    if (task && !isTerminal(task.status)) registry.reveal(taskId)
  }

  function emit({ previous, current }: CachedChange, origin: TaskOrigin): void {
    // A summary is never news: lists tell what the page missed before it was loaded.
    if (!hasContent(current)) return
    const { taskId, status } = current
    const news = { task: toAppTask(current), isOwn: isOwn(current) }
    if (origin === 'created' && !emitted.has(taskId)) {
      remember(taskId)
      // This tab alone reports the start of a task that it created, and an end that arrived together with the start.
      events.tell({ ...news, kind: 'started', isLeader: true })
      if (isTerminal(status)) events.tell({ ...news, kind: status, isLeader: previous === undefined || isLeader() })
      return
    }
    // An end is news only if the page knew the task before.
    if (!previous || isTerminal(previous.status) || !isTerminal(status)) return
    remember(taskId)
    events.tell({ ...news, kind: status, isLeader: isLeader() })
  }

  function remember(taskId: string): void {
    emitted.add(taskId)
    const [oldest] = emitted
    if (emitted.size > MOST_EMITTED && oldest !== undefined) emitted.delete(oldest)
  }

  return {
    receive: (tasks, origin) => {
      const changes = cache.write(tasks)
      // Lists and creates also track tasks that are already in the cache: a component may have read the task first, or
      // the event stream was faster than the reply to the create. Repeated versions change nothing.
      const asked = origin === 'restored' || origin === 'created' ? tasks : []
      const news = [
        ...changes,
        ...asked.map((task) => ({ previous: undefined, current: cache.find(task.taskId) ?? task })),
      ]
      if (origin !== 'polled') for (const { current } of changes) follower().receive(current)
      for (const change of news) track(change, origin)
      if (changes.length > 0) registry.touch()
      for (const change of news) emit(change, origin)
      return changes
    },

    drop: (taskId) => {
      const task = cache.find(taskId)
      if (!registry.has(taskId)) return
      logger.info(`Removing task ${taskId}`, { taskId, traceId: task?.traceId, version: task?.version })
      registry.remove(taskId)
      if (task) keepWhatIsNeeded(task)
    },

    start: () => {
      for (const task of registry.tasks()) keepWhatIsNeeded(task)
      return () => {
        for (const release of kept.values()) release()
        kept.clear()
      }
    },
  }
}

/** A task as tabs tell each other of it: payloads never change and may be large. */
export function withoutPayload({
  payload: _payload,
  ...rest
}: TaskSummaryJson & { payload?: unknown }): TaskSummaryJson {
  return rest
}
