import {
  assertBackoffPolicy,
  type BackoffPolicy,
  createLogger,
  guardLogger,
  hasContent,
  isTaskError,
  type TaskHints,
  type TaskLogger,
  type TaskSummaryJson,
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
  /** Without `watch` the follower only polls. */
  service: { readonly wire: Pick<PageWire, 'getStatuses' | 'watch'> }
  /**
   * Called with tasks of a read or of the event stream, never older than the known version. Receivers compare versions
   * to find news. The stream also reports tasks of the user that are not followed here. Followed tasks come whole; another
   * may be a summary, which `hasContent` tells.
   */
  onTasks: (tasks: readonly TaskSummaryJson[], hints: Readonly<Record<string, TaskHints>>) => void
  /** Called with ids that the server does not know (any more). */
  onMissing?: ((taskIds: readonly string[]) => void) | undefined
  /** How the time between two reads of one task grows. Default: 1 s to 30 s, factor 1.5. */
  backoff?: BackoffPolicy | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: (() => number) | undefined
  /** A number in [0, 1), drawn once per poll for the default backoff. Default `Math.random`. */
  random?: (() => number) | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
}

/**
 * Follows tasks to their end, by the event stream if it works, and by polling otherwise. It switches in both directions
 * by itself.
 *
 * The follower holds no polling timer. A scheduler asks `msUntilDue` and calls `poll`, which reads all due tasks at
 * once. Tasks that become due within a quarter of their own delay share the request.
 */
export interface TaskFollower {
  /**
   * Follows a task to its end. Returns the function that stops it. Calls are counted, and the shortest backoff counts.
   * An unknown task is due at once; pass a known task to `receive` to wait for the backoff instead.
   */
  follow(taskId: string, options?: { backoff?: BackoffPolicy | undefined }): () => void
  /** Gives the follower a known version of a task: stops following an ended task, or restarts the backoff. */
  receive(task: KnownTask): void
  /** Milliseconds until the earliest read is due; `false` without tasks to read. */
  msUntilDue(): number | false
  /**
   * Reads every task that is due. Failures count as attempts, so the backoff grows. Rejects with the first TaskError,
   * or with the reason of an aborted signal, which is not an attempt. After `unauthenticated` nothing is due until
   * `wake`.
   */
  poll(options?: { signal?: AbortSignal | undefined }): Promise<void>
  /** Closes the stream and stops all requests until `wake`, for a hidden page. */
  pause(): void
  /**
   * Makes all tasks due now and restarts the backoff: the page became visible, the network came back, or the user
   * signed in. A `Retry-After` of the server still holds.
   */
  wake(): void
  /** Another request of the page was refused as `unauthenticated`: closes the stream and stops all requests until `wake`. */
  requireSignIn(): void
  /** Called whenever `msUntilDue` may have changed. */
  readonly subscribe: Listeners['subscribe']
  readonly connection: ConnectionState
}

/** How long reads wait for a stream that is connecting, in milliseconds. */
const HOLD_MS = 2_500
/** While the stream is up, tasks that it has not reported yet wait at least this long for a read, in milliseconds. */
const UNTOLD_MS = 5_000
/** How long the stream outlives the last follower, for components that stop and start again. */
const LINGER_MS = 1_000

/**
 * Creates a follower. It does nothing until `follow` is called.
 *
 * @throws TypeError for an invalid `backoff`, as `follow` does
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
  const feed =
    watch && createEventFeed({ watch, onNews, onLost, onFailed, onUnauthenticated: requireSignIn, now, random, logger })
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
    // Whole seconds, so that a busy stream does not notify at every byte.
    const lastUpdatedAt = Math.floor(Math.max(answeredAt, feed?.lastByteAt() ?? 0) / 1_000) * 1_000
    connection.update({ state: toState(), ...(lastUpdatedAt > 0 && { lastUpdatedAt }) })
    listeners.tell()
  }

  function close(): void {
    feed?.stop()
    tasks.forgetStream()
  }

  /** Call it after every change of the followed tasks or of resting: only this function opens the feed. */
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
    let isUnread = isSnapshot
    const brought = news.filter((json) => {
      const task = tasks.get(json.taskId)
      if (!task) return true
      // A summary of a newer version lacks what has changed, such as the result at the end: the task is read instead.
      const isOutdated = !hasContent(json) && json.version > task.version && task.followers.size > 0
      task.streamed = !isOutdated
      isUnread ||= isOutdated
      return !isOutdated && tasks.receive(task, json)
    })
    if (isSnapshot) poller.hold(0)
    // Tasks that the snapshot lacks ended long ago, or belong to other users: only a read can tell.
    if (isUnread) tasks.makeDue()
    tasks.forgetIdle()
    updateFeed()
    // Places in the queue change even if the waiting tasks themselves do not.
    if (brought.length > 0 || Object.keys(hints).length > 0) onTasks(brought, hints)
  }

  function onLost(backInMs: number): void {
    tasks.forgetStream()
    tasks.makeDue()
    // The stream usually returns at once. After a server restart, random waits spread the pages' requests.
    poller.hold(backInMs + HOLD_MS * (1 + random()))
    tell()
  }

  function onFailed(): void {
    poller.hold(0)
    tell()
  }

  function requireSignIn(): void {
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
      if (error.code === 'unauthenticated') requireSignIn()
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

    requireSignIn,
    subscribe: listeners.subscribe,
    connection,
  })
}
