import type { Listeners } from '@brandkit/client/page'
import type { TaskFollower } from '@brandkit/client'
import { isTerminal, type TaskJson, type TaskLogger } from '@brandkit/core'
import type { TaskCache, CachedChange } from '../queries/task-cache.js'
import { toAppTask } from '../queries/to-app-task.js'
import type { DismissedTasks } from './dismissed-tasks.js'
import type { TaskEvent } from './task-event.js'
import type { TaskRegistry } from './task-registry.js'

/** A task that is over sooner than this never flashes up in the panel. */
const REVEAL_AFTER_MS = 400
/** A reply to a create comes seconds after the stream has told of the task; by then, fewer than these have ended. */
const MOST_EMITTED = 1_000

/**
 * The source of news: a create of this page, the list at its start, the follower, an answer to something else that was
 * asked, or another tab. Only what this page created is told to have started.
 */
export type TaskOrigin = 'created' | 'restored' | 'polled' | 'changed' | 'told'

export interface TaskTrackerOptions {
  cache: TaskCache
  registry: TaskRegistry
  events: Listeners<TaskEvent>
  dismissed: DismissedTasks
  follower: () => TaskFollower
  isLeader: () => boolean
  logger: TaskLogger
}

/** Turns newer versions of tasks into rows, events, and tasks to follow. */
export interface TaskTracker {
  /** Takes newer versions. Returns what has changed by it. */
  receive(tasks: readonly TaskJson[], origin: TaskOrigin): CachedChange[]
  /** Takes a task from the panel, and follows it no more. */
  drop(taskId: string): void
  /** Keeps what it tracks in the cache. Returns the function that leaves it to Query's garbage collection. */
  start(): () => void
}

export function createTaskTracker(options: TaskTrackerOptions): TaskTracker {
  const { cache, registry, events, dismissed, follower, isLeader, logger } = options
  /** Ends keeping a task in the cache. */
  const kept = new Map<string, () => void>()
  /** Tasks whose start (if this page created them) or end was told. */
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
    // A failure needs a person, even if it came at once.
    if (status === 'failed') registry.reveal(taskId)
    keepWhatIsNeeded(current)
  }

  function follow(task: TaskJson): () => void {
    const stop = follower().follow(task.taskId)
    // Without this the follower would read at once what has just been told.
    follower().receive(task)
    return stop
  }

  /** What is in the panel, and what runs on after its dismissal: its end can only be seen against what was known before. */
  function keepWhatIsNeeded({ taskId, status }: TaskJson): void {
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
    const { taskId, status } = current
    const task = toAppTask(current)
    if (origin === 'created' && !emitted.has(taskId)) {
      remember(taskId)
      // No other tab tells the start of what this one has created, nor an end that came together with it.
      events.tell({ kind: 'started', task, isLeader: true })
      if (isTerminal(status)) events.tell({ kind: status, task, isLeader: previous === undefined || isLeader() })
      return
    }
    // An end is news only to a page that knew the task before it.
    if (!previous || isTerminal(previous.status) || !isTerminal(status)) return
    remember(taskId)
    events.tell({ kind: status, task, isLeader: isLeader() })
  }

  function remember(taskId: string): void {
    emitted.add(taskId)
    const [oldest] = emitted
    if (emitted.size > MOST_EMITTED && oldest !== undefined) emitted.delete(oldest)
  }

  return {
    receive: (tasks, origin) => {
      const changes = cache.write(tasks)
      // A task that is in the cache already is tracked too: a component has read it before it was restored, or
      // the event stream was faster than the reply to its own create. What comes twice does nothing the second time.
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
