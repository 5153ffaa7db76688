import {
  assertBackoffPolicy,
  type BackoffPolicy,
  createLogger,
  guardLogger,
  isTaskError,
  type TaskHints,
  type TaskJson,
  type TaskLogger,
  withHandled,
} from '@brandkit/core'
import { type ConnectionState, createConnectionState, type TaskConnection } from './connection-state.js'
import { createListeners, type Listeners } from './create-listeners.js'
import { createFollowedTasks, type KnownTask } from './followed-tasks.js'
import { createTaskPoller } from './task-poller.js'
import { createEventFeed, type FeedNews } from './event-feed.js'
import type { PageWire } from './page-wire.js'
import { createTickDelays } from './tick-delays.js'

export interface TaskFollowerOptions {
  /** Without `watch` it only polls. */
  service: { readonly wire: Pick<PageWire, 'getStatuses' | 'watch'> }
  /**
   * Called with what a read or the event stream brought, never older than what is known; the receiver decides by version
   * what is news. The stream also tells of the user's tasks that are not followed here.
   */
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
 * Follows tasks to their end, by the event stream where it works, else by polling, back and forth by itself.
 *
 * Polling holds no timer: a scheduler asks `msUntilDue` and calls `poll`, which reads all followed tasks at once; what
 * falls due within a quarter of its own delay goes into the same request.
 */
export interface TaskFollower {
  /**
   * Follows a task to its end. Returns the function that stops it; following twice is counted, and the shortest backoff
   * counts. An unknown task is due at once; `receive` what is known to wait for the backoff instead.
   */
  follow(taskId: string, options?: { backoff?: BackoffPolicy | undefined }): () => void
  /** Tells the follower what is known of a task: ends following it, or starts its backoff again. */
  receive(task: KnownTask): void
  /** Milliseconds until the earliest read is due; `false` when there is nothing to read. */
  msUntilDue(): number | false
  /**
   * Reads every task that is due. Failures count as attempts, so the backoff grows; rejects with the first TaskError, or
   * with the reason of an aborted signal, which counts as nothing. After `unauthenticated` nothing is due until `wake`.
   */
  poll(options?: { signal?: AbortSignal | undefined }): Promise<void>
  /** Lets go of the stream and asks nothing until `wake`, for a page that is hidden. */
  pause(): void
  /**
   * Makes everything due now and starts the backoff again: the page became visible, the network came back, or the user
   * signed in. A `Retry-After` that the server answered still holds.
   */
  wake(): void
  /** Called whenever `msUntilDue` may have changed. */
  readonly subscribe: Listeners['subscribe']
  readonly connection: ConnectionState
}

/** How long reads wait for a stream that is being opened, in milliseconds. */
const HOLD_MS = 2_500
/** While the stream is up, a task that it has not told of yet is read no sooner, in milliseconds. */
const UNTOLD_MS = 5_000
/** The stream outlives the last follower by so much, for a component that stops and starts again. */
const LINGER_MS = 1_000

/**
 * Makes a follower. Nothing happens until something is followed.
 *
 * @throws TypeError for a `backoff` that is none, as `follow` does
 */
export function createTaskFollower(options: TaskFollowerOptions): TaskFollower {
  const { service, onTasks, onMissing, now = Date.now, random = Math.random } = options
  const logger = guardLogger(options.logger ?? createLogger({ level: 'warn' })).scope('TaskPolling')
  const delays = createTickDelays(random)
  assertBackoffPolicy(options.backoff)
  const usual = options.backoff ?? delays.standard
  const tasks = createFollowedTasks({ now })
  const connection = createConnectionState()
  const listeners = createListeners()

  let isPaused = false
  let isSignedOut = false
  let isOffline = false
  let answeredAt = 0
  let linger: ReturnType<typeof setTimeout> | undefined

  const { watch } = service.wire
  const feed = watch && createEventFeed({ watch, onNews, onLost, onFailed, onUnauthenticated, now, random, logger })
  const poller = createTaskPoller({
    wire: service.wire,
    tasks,
    delays,
    usual,
    shortestMs: () => (feed?.isLive() ? UNTOLD_MS : 0),
    onTasks,
    onMissing,
    onOutcome,
    logger,
  })

  const isResting = () => isPaused || isSignedOut

  function toState(): TaskConnection['state'] {
    if (isSignedOut) return 'auth-required'
    if (feed?.isLive()) return 'live'
    return isOffline ? 'offline' : 'polling'
  }

  function tell(): void {
    // In whole seconds, so that a busy stream does not call back at every byte.
    const lastUpdatedAt = Math.floor(Math.max(answeredAt, feed?.lastByteAt() ?? 0) / 1_000) * 1_000
    connection.update({ state: toState(), ...(lastUpdatedAt > 0 && { lastUpdatedAt }) })
    listeners.tell()
  }

  function close(): void {
    feed?.stop()
    tasks.forgetStream()
  }

  /** After anything that may have changed who is followed: the one place that opens the feed. */
  function updateFeed(): void {
    if (!isResting() && tasks.isAnyFollowed()) {
      clearTimeout(linger)
      linger = undefined
      if (feed?.start()) poller.hold(HOLD_MS)
    } else if (feed) {
      linger ??= setTimeout(() => {
        linger = undefined
        close()
        tell()
      }, LINGER_MS)
    }
    tell()
  }

  function onNews({ tasks: news, hints = {}, isSnapshot }: FeedNews): void {
    isOffline = false
    if (isSnapshot) tasks.forgetStream()
    const brought = news.filter((json) => {
      const task = tasks.get(json.taskId)
      if (!task) return true
      task.streamed = true
      return tasks.receive(task, json)
    })
    if (isSnapshot) {
      poller.hold(0)
      // What the snapshot lacks ended long ago, or is not the caller's own: only a read can tell.
      tasks.makeDue()
    }
    tasks.forgetIdle()
    updateFeed()
    // Places in the queue move on without any change of the tasks in it.
    if (brought.length > 0 || Object.keys(hints).length > 0) onTasks(brought, hints)
  }

  function onLost(backInMs: number): void {
    tasks.forgetStream()
    tasks.makeDue()
    // The stream is usually back at once, and after a restart of the server not all pages should ask in one moment.
    poller.hold(backInMs + HOLD_MS * (1 + random()))
    tell()
  }

  function onFailed(): void {
    poller.hold(0)
    tell()
  }

  function onUnauthenticated(): void {
    isSignedOut = true
    close()
    tell()
  }

  function onOutcome(error: unknown): void {
    if (error === undefined) {
      isOffline = false
      answeredAt = now()
    } else if (isTaskError(error)) {
      isOffline = error.code === 'network_error' || error.code === 'invalid_response'
      if (error.code === 'unauthenticated') onUnauthenticated()
    }
  }

  return withHandled<TaskFollower>({
    follow(taskId, { backoff = usual } = {}) {
      assertBackoffPolicy(backoff)
      const stop = tasks.follow(taskId, backoff)
      updateFeed()
      return () => {
        stop()
        updateFeed()
      }
    },

    receive(known) {
      const task = tasks.get(known.taskId)
      if (!task) return
      const isNews = known.version > task.version
      if (!tasks.receive(task, known) || !isNews) return
      poller.schedule(task)
      updateFeed()
    },

    msUntilDue: () => (isResting() ? false : poller.msUntilDue()),

    async poll({ signal } = {}) {
      if (isResting()) return
      try {
        await poller.poll(signal)
      } finally {
        updateFeed()
      }
    },

    pause() {
      isPaused = true
      close()
      tell()
    },

    wake() {
      isPaused = false
      isSignedOut = false
      feed?.wake()
      tasks.makeDue()
      updateFeed()
    },

    subscribe: listeners.subscribe,
    connection,
  })
}
