import { createTaskFollower, type TaskFollower, type TaskService, type CreateOptions } from '@brandkit/client'
import {
  type BackgroundTask,
  type BackoffPolicy,
  type CreateTask,
  isTerminal,
  TaskError,
  type TaskJson,
  type TaskLogger,
} from '@brandkit/core'
import type { QueryClient } from '@tanstack/react-query'
import { startSync } from '../queries/start-sync.js'
import { createTaskCache, type TaskCache, type TaskChange } from '../queries/task-cache.js'
import { toAppTask } from '../queries/to-app-task.js'
import { createDismissedTasks } from './dismissed-tasks.js'
import { onPageHidden } from './on-page-hidden.js'
import { onPageWake } from './on-page-wake.js'
import { restoreTasks } from './restore-tasks.js'
import { createRowsInView, type RowsInView } from './rows-in-view.js'
import { createTaskEvents, type TaskEvents } from './task-events.js'
import { createTaskRegistry, type TaskRegistry } from './task-registry.js'

/** A task that is over sooner than this never flashes up in the panel. */
const REVEAL_AFTER_MS = 400

export interface TaskSessionOptions {
  service: TaskService
  queryClient: QueryClient
  /** `null`: nobody is signed in, so nothing is asked and nothing is stored. */
  userId: string | null
  logger: TaskLogger
  /** Milliseconds since the epoch. */
  now: () => number
}

/** Where news of a task came from: only what this page created is announced as started. */
export type TaskOrigin = 'created' | 'restored' | 'polled' | 'changed'

/** Everything that one user's tasks need on this page, free of React. */
export interface TaskSession {
  readonly userId: string | null
  readonly follower: TaskFollower
  readonly cache: TaskCache
  readonly registry: TaskRegistry
  readonly events: TaskEvents
  readonly rowsInView: RowsInView
  create(input: CreateTask, options?: Pick<CreateOptions, 'traceId'>): Promise<BackgroundTask>
  cancel(taskId: string): Promise<BackgroundTask>
  /** Does the work of an ended task again, as a new one that takes its place. */
  retry(taskId: string): Promise<BackgroundTask>
  /** Follows a task to its end. Returns the function that stops it. */
  follow(taskId: string, options: { backoff?: BackoffPolicy | undefined }): () => void
  /** Takes a task from the panel for good. It runs on, if it still runs. */
  dismiss(taskId: string): void
  /** Clears what other users left in cache and storage. */
  forgetOthers(): void
  /** Begins to restore and to follow. Returns the function that stops it; starting again is fine (StrictMode). */
  start(): () => void
}

export function createTaskSession({
  service,
  queryClient,
  userId,
  logger: root,
  now,
}: TaskSessionOptions): TaskSession {
  const logger = root.scope('TaskContext')
  const { wire } = service
  const cache = createTaskCache({ queryClient, userId })
  const registry = createTaskRegistry()
  const events = createTaskEvents()
  const dismissed = createDismissedTasks({ userId, now })
  const unfollow = new Map<string, () => void>()
  /** Tasks of which something was told: of those that this page creates the start, of all the end. */
  const announced = new Set<string>()
  let restored = false

  const follower = createTaskFollower({
    service,
    onTasks: (tasks, hints) => {
      receive(tasks, 'polled')
      cache.writeHints(hints)
    },
    onMissing: (taskIds) => {
      for (const taskId of taskIds) drop(taskId)
    },
    now,
    logger: root,
  })

  function receive(tasks: readonly TaskJson[], origin: TaskOrigin): void {
    const changes = cache.write(tasks)
    for (const change of changes) {
      if (origin !== 'polled') follower.observe(change.current)
      track(change, origin)
    }
    // A task that is in the cache already is tracked all the same: a component has read it before it was restored, or the
    // event stream was faster than the reply to its own create.
    const asked = origin === 'restored' || origin === 'created' ? tasks : []
    for (const task of asked) track({ previous: task, current: cache.find(task.taskId) ?? task }, origin)
    if (changes.length > 0) registry.touch()
    for (const change of changes) announce(change, origin)
    if (origin !== 'created') return
    for (const task of tasks) announce({ previous: undefined, current: cache.find(task.taskId) ?? task }, origin)
  }

  function track({ previous, current }: TaskChange, origin: TaskOrigin): void {
    const { taskId, status } = current
    const fields = { taskId, traceId: current.traceId, version: current.version }
    if (registry.has(taskId)) {
      if (previous?.status !== status) logger.info(`Updating task ${taskId} to ${status}`, fields)
    } else if (!dismissed.has(taskId) && (origin === 'created' || origin === 'restored' || !isTerminal(status))) {
      logger.info(`Adding task ${taskId}`, { ...fields, status })
      registry.add(taskId)
      revealInTime(taskId, origin)
    }
    if (isTerminal(status)) {
      unfollow.get(taskId)?.()
      unfollow.delete(taskId)
      // A failure needs someone, however quickly it came.
      if (status === 'failed') registry.reveal(taskId)
    } else if (registry.has(taskId) && !unfollow.has(taskId)) {
      unfollow.set(taskId, follower.follow(taskId))
      // Else the follower would read at once what has just been told.
      follower.observe(current)
    }
  }

  function revealInTime(taskId: string, origin: TaskOrigin): void {
    if (origin === 'restored') {
      registry.reveal(taskId)
      return
    }
    setTimeout(() => {
      const task = cache.find(taskId)
      if (task && !isTerminal(task.status)) registry.reveal(taskId)
    }, REVEAL_AFTER_MS)
  }

  function announce({ previous, current }: TaskChange, origin: TaskOrigin): void {
    const task = toAppTask(current)
    const isOwn = origin === 'created' && !announced.has(current.taskId)
    const isEnd = isTerminal(current.status) && (isOwn || (previous !== undefined && !isTerminal(previous.status)))
    if (isOwn || isEnd) announced.add(current.taskId)
    if (isOwn) events.emit({ kind: 'started', task })
    if (isEnd && isTerminal(current.status)) events.emit({ kind: current.status, task })
  }

  function drop(taskId: string): void {
    const task = cache.find(taskId)
    if (!registry.has(taskId)) return
    logger.info(`Removing task ${taskId}`, { taskId, traceId: task?.traceId, version: task?.version })
    unfollow.get(taskId)?.()
    unfollow.delete(taskId)
    registry.remove(taskId)
    cache.forget(taskId)
  }

  function forgetOthers(): void {
    cache.forgetOthers()
    dismissed.forgetOthers()
  }

  async function restore(signal: AbortSignal): Promise<void> {
    try {
      const tasks = await restoreTasks({ wire, now: now(), signal })
      if (signal.aborted) return
      restored = true
      receive(tasks, 'restored')
    } catch (error) {
      // Tried again when the page wakes; the tasks themselves are safe on the server.
      if (!signal.aborted)
        logger.warn(`Could not restore tasks: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  function startRestoring(): () => void {
    const abort = new AbortController()
    const tryToRestore = () => {
      if (!restored) void restore(abort.signal)
    }
    // Not at once: StrictMode starts, stops and starts again, which must not become two requests.
    const timer = setTimeout(tryToRestore, 0)
    const stopListening = onPageWake(() => {
      tryToRestore()
      follower.wake()
    })
    const stopPausing = onPageHidden(() => follower.pause())
    return () => {
      clearTimeout(timer)
      stopListening()
      stopPausing()
      abort.abort()
    }
  }

  return {
    userId,
    follower,
    cache,
    registry,
    events,
    rowsInView: createRowsInView(),
    create: async (input, options) => {
      if (userId === null)
        throw new TaskError(
          'unauthenticated',
          'Nobody is signed in, so no task can be created. Give TaskProvider a userId.',
        )
      const task = await wire.create(input, options)
      receive([task], 'created')
      return toAppTask(cache.find(task.taskId) ?? task)
    },
    cancel: async (taskId) => {
      const task = await wire.cancel(taskId)
      receive([task], 'changed')
      return toAppTask(cache.find(taskId) ?? task)
    },
    retry: async (taskId) => {
      const task = await wire.retry(taskId)
      receive([task], 'created')
      // At once, where the old one was: the user has just pressed a button there.
      registry.reveal(task.taskId)
      dismissed.add(taskId)
      drop(taskId)
      return toAppTask(cache.find(task.taskId) ?? task)
    },
    follow: (taskId, options) => {
      const known = cache.find(taskId)
      if (userId === null || (known && isTerminal(known.status))) return () => {}
      const stop = follower.follow(taskId, options)
      if (known) follower.observe(known)
      return stop
    },
    dismiss: (taskId) => {
      dismissed.add(taskId)
      drop(taskId)
    },
    forgetOthers,
    start: () => {
      // Not while nobody is signed in: most pages begin that way, and would lose what was dismissed.
      if (userId === null) return () => {}
      forgetOthers()
      const stopSync = startSync({ queryClient, follower, userId })
      const stopRestoring = startRestoring()
      return () => {
        stopRestoring()
        stopSync()
      }
    },
  }
}
