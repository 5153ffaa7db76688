import {
  createListeners,
  createPageConnection,
  createTabStream,
  createTaskTabs,
  type Listeners,
  type PageConnection,
  stopAll,
  type TabMessage,
} from '@brandkit/client/page'
import {
  createOutbox,
  createTaskFollower,
  type OutboxCreateOptions,
  type Outbox,
  type TaskFollower,
  type PageService,
  type UnsentTask,
} from '@brandkit/client'
import {
  type BackgroundTask,
  type BackoffPolicy,
  type CreateTask,
  hasContent,
  isTaskError,
  isTerminal,
  type RetryFrom,
  TaskError,
  type TaskHints,
  type TaskJson,
  type TaskLogger,
  type TaskSummaryJson,
  withHandled,
} from '@brandkit/core'
import type { QueryClient } from '@tanstack/react-query'
import { removeDeletedTasks } from '../queries/remove-deleted-tasks.js'
import { startSync } from '../queries/start-sync.js'
import { createTaskCache, type TaskCache } from '../queries/task-cache.js'
import { toAppTask } from '../queries/to-app-task.js'
import type { KeptTask } from './kept-task.js'
import { createDismissedTasks } from './dismissed-tasks.js'
import { startFollowing } from './start-following.js'
import { startRestoring } from './start-restoring.js'
import { startSending } from './start-sending.js'
import type { TaskEvent } from './task-event.js'
import { createTaskRegistry, type TaskRegistry } from './task-registry.js'
import { createTaskTracker, type TaskOrigin, withoutPayload } from './task-tracker.js'
import { createVisits } from './visits.js'

export interface TaskSessionOptions {
  service: PageService
  queryClient: QueryClient
  /** `null` before sign-in: no requests and no storage. */
  userId: string | null
  /** Tabs of a user with the same url share one connection. Default: all tabs of the user share one. */
  url?: string | undefined
  logger: TaskLogger
  /** Milliseconds since the epoch. */
  now: () => number
}

/** Everything that one user's tasks need on this page, free of React. */
export interface TaskSession {
  /** Whether this tab keeps the connection to the server for all tabs of the user. */
  isLeader(): boolean
  /** Whether a task belongs to this user, and not to a colleague whose tasks the server shows as well. */
  readonly isOwn: (task: Pick<TaskSummaryJson, 'userId'>) => boolean
  readonly follower: TaskFollower
  readonly connection: PageConnection
  readonly outbox: Outbox
  readonly cache: TaskCache
  readonly registry: TaskRegistry
  readonly events: Listeners<TaskEvent>
  /** Tells of each create that was kept instead of sent, and of each kept one that the server has refused. */
  readonly kept: Pick<Listeners<UnsentTask>, 'subscribe'>
  /** Creates a task through the outbox, which keeps it if it cannot be sent now. */
  create(input: CreateTask, options?: OutboxCreateOptions): Promise<BackgroundTask | KeptTask>
  cancel(taskId: string): Promise<BackgroundTask>
  /** Repeats the work of an ended task as a new task, which takes its place. `from` as in `useRetryTask`. */
  retry(taskId: string, from?: RetryFrom): Promise<BackgroundTask>
  /** Empties an ended task, and removes it from the panel and all lists in this user's tabs. */
  delete(taskId: string): Promise<void>
  /** Does the same for tasks that the server has emptied already. */
  forget(taskIds: readonly string[]): void
  /** Takes tasks that a component has read: writes them to the cache, and follows the active ones. */
  receive(tasks: readonly TaskSummaryJson[]): void
  /** Passes the answer to a component's request on; the page says that the user is signed out when the answer does. */
  noticing<Reply>(request: Promise<Reply>): Promise<Reply>
  /** Follows a task to its end. Returns the function that stops it. */
  follow(taskId: string, options: { backoff?: BackoffPolicy | undefined }): () => void
  /** Removes a task, or a create that was not sent, from the panel permanently. A running task goes on. */
  dismiss(taskId: string): void
  /** Deletes the data of other users from cache and storage. */
  forgetOthers(): void
  /** Starts to restore and follow. Returns the function that stops it; a second start is fine (StrictMode). */
  start(): () => void
}

export function createTaskSession(options: TaskSessionOptions): TaskSession {
  const { queryClient, userId, url, logger: root, now } = options
  const { wire } = options.service
  const isOwn: TaskSession['isOwn'] = (task) => task.userId === userId
  const cache = createTaskCache({ queryClient, userId })
  const registry = createTaskRegistry(cache.find)
  const events = createListeners<TaskEvent>()
  const kept = createListeners<UnsentTask>()
  const dismissed = createDismissedTasks({ userId, now })
  const visits = createVisits({ userId, now })
  const tabs = createTaskTabs({ userId, url })
  const tracker = createTaskTracker({
    cache,
    registry,
    events,
    dismissed,
    isOwn,
    isLeader: tabs.isLeader,
    follower: () => follower,
    logger: root.scope('TaskContext'),
  })

  const follower = createTaskFollower({
    service: {
      wire: {
        getStatuses: async (taskIds, request) => wire.getStatuses(taskIds, request),
        watch: createTabStream({ watch: wire.watch, tabs }),
      },
    },
    onTasks: (tasks, hints) => {
      cache.writeHints(hints)
      receive(tasks, 'polled', hints)
    },
    onMissing: drop,
    now,
    logger: root,
  })
  const connection = createPageConnection({ follower, tabs })
  const outbox = createOutbox({
    wire: { create: async (...request) => noticing(wire.create(...request)) },
    userId,
    onCreated: (task) => void accept(task, 'created'),
    onRefused: kept.tell,
    now,
    logger: root,
  })

  function receive(tasks: readonly TaskSummaryJson[], origin: TaskOrigin, hints: Record<string, TaskHints> = {}) {
    for (const task of tasks) if (!hasContent(task)) readIfOutdated(task)
    const changes = tracker.receive(tasks, origin)
    // Each tab passes on what it received itself, so that all tabs know the same.
    if (origin === 'told' || (changes.length === 0 && !tabs.isLeader())) return
    tabs.post({ kind: 'tasks', tasks: changes.map(({ current }) => withoutPayload(current)), hints })
  }

  /**
   * Reads a task if a summary tells a newer version than this page has. The follower does so for tasks that it follows.
   * After a failure, the next list or snapshot tries again.
   */
  function readIfOutdated(summary: TaskSummaryJson): void {
    if (registry.has(summary.taskId) || !cache.isOutdatedBy(summary)) return
    wire.getStatus(summary.taskId).then(
      (task) => receive([task], 'changed'),
      () => {},
    )
  }

  function drop(taskIds: readonly string[]): void {
    for (const taskId of taskIds) tracker.drop(taskId)
  }

  /** The follower learns here, too, that the server knows the user again. */
  async function noticing<Reply>(request: Promise<Reply>): Promise<Reply> {
    try {
      const reply = await request
      if (follower.connection.get().state === 'auth-required') follower.wake()
      return reply
    } catch (error) {
      if (isTaskError(error) && error.code === 'unauthenticated') follower.requireSignIn()
      throw error
    }
  }

  /** Handles the answer to a change that this page has requested. */
  function accept(task: TaskJson, origin: TaskOrigin): BackgroundTask {
    receive([task], origin)
    return latest(task)
  }

  function latest(task: TaskJson): BackgroundTask {
    const known = cache.find(task.taskId)
    return toAppTask(known && hasContent(known) ? known : task)
  }

  function receiveMessage(message: TabMessage): void {
    switch (message.kind) {
      case 'tasks':
      case 'snapshot':
        cache.writeHints(message.hints)
        receive(message.tasks, 'told')
        break
      case 'deleted':
        forget(message.taskIds)
        break
      case 'join':
        if (!tabs.isLeader()) return
        tabs.post({ kind: 'snapshot', tasks: registry.tasks().map(withoutPayload), hints: cache.hints() })
        break
      // The page's connection and the tabs handle the other kinds themselves.
      default:
    }
  }

  function forgetOthers(): void {
    cache.forgetOthers()
    for (const stored of [dismissed, visits, outbox]) stored.forgetOthers()
  }

  function dismiss(taskId: string): void {
    outbox.discard(taskId)
    dismissed.add(taskId)
    tracker.drop(taskId)
  }

  /** Hides tasks whose content was deleted. Later answers about them are ignored. */
  function forget(taskIds: readonly string[]): void {
    for (const taskId of taskIds) dismiss(taskId)
    removeDeletedTasks({ queryClient, userId }, taskIds)
  }

  function forgetInAllTabs(taskIds: readonly string[]): void {
    forget(taskIds)
    tabs.post({ kind: 'deleted', taskIds })
  }

  return withHandled<TaskSession>({
    isLeader: tabs.isLeader,
    isOwn,
    follower,
    connection,
    outbox,
    cache,
    registry,
    events,
    kept,
    dismiss,
    forgetOthers,
    create: async (input, request) => {
      if (userId === null) throw new TaskError('unauthenticated', 'You are signed out. Sign in and try again.')
      try {
        return latest(await outbox.create(input, request))
      } catch (error) {
        const unsent = isTaskError(error) && outbox.find(input)
        if (!unsent) throw error
        kept.tell(unsent)
        return { status: 'kept', type: input.type, key: unsent.key, traceId: unsent.traceId, reason: error.code }
      }
    },
    cancel: async (taskId) => accept(await noticing(wire.cancel(taskId)), 'changed'),
    retry: async (taskId, from) => {
      const task = accept(await noticing(wire.retry(taskId, { from })), 'created')
      // Reveals the new task at once in the old task's place, because the user has just pressed a button there.
      registry.reveal(task.taskId)
      dismiss(taskId)
      return task
    },
    delete: async (taskId) => {
      await noticing(wire.delete(taskId))
      forgetInAllTabs([taskId])
    },
    forget: forgetInAllTabs,
    receive: (tasks) => receive(tasks, 'changed'),
    noticing,
    follow: (taskId, followOptions) => {
      const known = cache.find(taskId)
      if (userId === null || (known && isTerminal(known.status))) return () => {}
      const stop = follower.follow(taskId, followOptions)
      if (known) follower.receive(known)
      return stop
    },
    start: () => {
      // Does nothing before sign-in. Most pages begin without a user, and would delete the dismissed ids.
      if (userId === null) return () => {}
      forgetOthers()
      const stops = [
        tracker.start(),
        tabs.onMessage(receiveMessage),
        dismissed.subscribe(drop),
        outbox.start(),
        tabs.start(),
        connection.start(),
        startSync({ queryClient, follower, userId }),
        startFollowing({ follower, tabs }),
        startRestoring({ wire, visits, isOwn, now, logger: root, onRestored: (tasks) => receive(tasks, 'restored') }),
        startSending({ outbox, follower, tabs }),
      ]
      return stopAll(...stops.toReversed())
    },
  })
}
