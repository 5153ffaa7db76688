import { createKnownBackoff, isTaskError, type TaskHints, type TaskLogger, type TaskSummaryJson } from '@brandkit/core'
import * as LIMITS from '@brandkit/core/limits'
import { toWaitMs } from './read-reply.js'
import type { WatchTasks } from './watch-tasks.js'

export interface FeedNews {
  tasks: readonly TaskSummaryJson[]
  hints?: Readonly<Record<string, TaskHints>>
  /** Whether the event has all active tasks. Clients read the status of tasks that a snapshot lacks. */
  isSnapshot: boolean
}

export interface EventFeedOptions {
  watch: WatchTasks
  onNews: (news: FeedNews) => void
  /** A live stream was lost. `backInMs`: when the next one is expected, if the server said so. */
  onLost: (backInMs: number) => void
  /** An attempt to connect has failed. */
  onFailed: () => void
  onUnauthenticated: () => void
  /** Milliseconds since the epoch. */
  now: () => number
  random: () => number
  logger: TaskLogger
}

/** Keeps one connection to the event stream open, from `start` until it is stopped. */
export interface EventFeed {
  /** Connects if the feed is stopped. Returns whether it was stopped. */
  start(): boolean
  stop(): void
  /** Ends a backoff and connects at once. Drops a connection that died while the device slept. */
  wake(): void
  isLive(): boolean
  /** When the last byte arrived, in milliseconds since the epoch; 0 before the first. */
  lastByteAt(): number
}

/** A connection that is silent for this long is dead: two missed beats, and half a beat for the network. */
const DEAD_MS = LIMITS.beatSeconds * 2_500
/** Buffering proxies accept the connection at once but deliver nothing. */
const SNAPSHOT_MS = 8_000
/** After a connection of this length, the next failure counts as the first. */
const GOOD_MS = 20_000

/** Creates a stopped feed. */
export function createEventFeed(options: EventFeedOptions): EventFeed {
  const { watch, onNews, onLost, onFailed, onUnauthenticated, now, random, logger } = options
  const backoff = createKnownBackoff({ baseMs: 1_000, ceilingMs: 300_000, random })

  /** `over`: the server has no (more) events, or no stream. */
  let state: 'off' | 'waiting' | 'connecting' | 'live' | 'over' = 'off'
  let connection: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastByteAt = 0
  let liveSince = 0
  let failures = 0
  let retryMs = 0

  function wait(ms: number, then: () => void): void {
    clearTimeout(timer)
    timer = setTimeout(then, ms)
  }

  function leave(next: typeof state): void {
    state = next
    clearTimeout(timer)
    const left = connection
    connection = undefined
    left?.abort()
  }

  function connect(): void {
    state = 'connecting'
    const own = new AbortController()
    connection = own
    let backInMs: number | undefined
    let isOver = false

    const whenClosed = (cause?: unknown) => {
      if (connection !== own) return
      const error = isTaskError(cause) ? cause : undefined
      const wasLive = state === 'live'
      leave('waiting')
      if (error?.code === 'unauthenticated') {
        state = 'off'
        onUnauthenticated()
        return
      }
      if (isOver || error?.retryable === false) {
        state = 'over'
        logger.info('There is no event stream; polling carries on')
      } else {
        const wasGood = wasLive && Math.abs(now() - liveSince) > GOOD_MS
        failures = wasGood || backInMs !== undefined ? 1 : failures + 1
        const asked = backInMs ?? Math.max(retryMs, error?.retryAfterMs ?? 0)
        // Random delays keep pages that lost their streams together from reconnecting together.
        wait(Math.max(backoff.delayMs(failures), asked + random() * asked * 0.5), connect)
      }
      if (wasLive) onLost(backInMs ?? 0)
      else onFailed()
    }
    const giveUp = () => {
      logger.debug('The event stream is silent')
      whenClosed()
    }

    wait(SNAPSHOT_MS, giveUp)
    const pending = watch({
      signal: own.signal,
      onEvent({ event, data }) {
        if (event === 'reconnect') backInMs = data.afterMs
        if (event === 'end') isOver = true
        if (event === 'snapshot') {
          if (state !== 'live') liveSince = now()
          state = 'live'
          wait(DEAD_MS, giveUp)
        }
        // Events before the snapshot are ignored, because we cannot know yet what is missing.
        if (state === 'live' && (event === 'snapshot' || event === 'tasks'))
          onNews({ ...data, isSnapshot: event === 'snapshot' })
      },
      onAlive() {
        if (connection !== own) return
        lastByteAt = now()
        if (state === 'live') wait(DEAD_MS, giveUp)
      },
      onRetry: (ms) => {
        retryMs = toWaitMs(ms) ?? 0
      },
    })
    pending.then(() => whenClosed(), whenClosed)
  }

  return {
    start() {
      if (state !== 'off') return false
      connect()
      return true
    },
    stop() {
      failures = 0
      leave('off')
    },
    wake() {
      failures = 0
      const wasLive = state === 'live'
      if (wasLive && Math.abs(now() - lastByteAt) < DEAD_MS) return
      if (state === 'connecting' || state === 'off') return
      leave('off')
      connect()
      if (wasLive) onLost(0)
    },
    isLive: () => state === 'live',
    lastByteAt: () => lastByteAt,
  }
}
