import { createKnownBackoff, isTaskError, LIMITS, type TaskHints, type TaskJson, type TaskLogger } from '@brandkit/core'
import { toWaitMs } from './read-reply.js'
import type { WatchTasks } from './watch-tasks.js'

export interface FeedNews {
  tasks: readonly TaskJson[]
  hints?: Readonly<Record<string, TaskHints>>
  /** All that is under way: what it lacks has to be asked for. */
  isSnapshot: boolean
}

export interface EventFeedOptions {
  watch: WatchTasks
  onNews: (news: FeedNews) => void
  /** A stream that was live is not any more. `backInMs`: when the next is expected, if the server said so. */
  onLost: (backInMs: number) => void
  /** An attempt came to nothing. */
  onFailed: () => void
  onUnauthenticated: () => void
  /** Milliseconds since the epoch. */
  now: () => number
  random: () => number
  logger: TaskLogger
}

/** Keeps one connection to the event stream up, for as long as it is wanted. */
export interface EventFeed {
  /** Connects if it is stopped. Returns whether it was. */
  start(): boolean
  stop(): void
  /** Connects at once where it waited, and gives up a connection that died while the device slept. */
  wake(): void
  isLive(): boolean
  /** When a byte last came, in milliseconds since the epoch; 0 when none has. */
  lastByteAt(): number
}

/** A connection that is silent for so long is dead: two beats were missed, and a half for the way. */
const DEAD_MS = LIMITS.beatSeconds * 2_500
/** A proxy that buffers connects at once and says nothing. */
const SNAPSHOT_MS = 8_000
/** A connection that lived for so long was a good one: the next failure is a first one. */
const GOOD_MS = 20_000

/** Nothing happens until `start`. */
export function createEventFeed(options: EventFeedOptions): EventFeed {
  const { watch, onNews, onLost, onFailed, onUnauthenticated, now, random, logger } = options
  const backoff = createKnownBackoff({ baseMs: 1_000, ceilingMs: 300_000, random })

  /** `over`: the server has nothing (more) to tell, or no stream. */
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
        // A crowd that was cut off together must not come back together.
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
        // Before the snapshot it is unknown what is missing.
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
