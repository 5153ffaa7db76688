import { createBackoffPolicy, describeError, startLongTimer, type TaskLogger } from '@brandkit/core'
import type { Delivery, QueueBackend } from '../queue/queue-backend.js'

/**
 * Keeps refused deliveries in this process and tries them again. A failover takes seconds, but a row's first alarm rings
 * after 30 seconds. The alarm delivers tasks whose deliveries are given up here or lost with the process.
 */
export interface RefusedDeliveries {
  /** `askedAt` is the time of the first try, by `performance.now()`. */
  keep(deliveries: readonly Delivery[], refusal: { askedAt: number; reason: unknown }): void
  /** Ends the tries for a hint whose task has left the local line. */
  forgetHint(taskId: string): void
  /** Ends all further tries. */
  close(): void
}

interface Kept {
  delivery: Delivery
  /** Both by `performance.now()`. */
  dueAt: number
  keptUntil: number
}

/** How long a delivery is kept, in milliseconds: the longest expected failover. */
const KEPT_MS = 15_000

/** How many deliveries are kept at most (a few megabytes). */
const MOST_KEPT = 10_000

/** Deliveries in one call to the engine. Small calls repeat less when a later call fails. */
const CHUNK = 100

export function createRefusedDeliveries({
  queue,
  logger,
}: {
  queue: QueueBackend
  logger: TaskLogger
}): RefusedDeliveries {
  const backoff = createBackoffPolicy({ baseMs: 500, ceilingMs: 2_500 })
  /** Keyed by task id, oldest first. One delivery for each task is enough. */
  const kept = new Map<string, Kept>()
  let state: 'resting' | 'trying' | 'closed' = 'resting'
  let stopTimer: (() => void) | undefined
  let failures = 0
  let givenUp = 0
  let lastReason: unknown

  function reportGivenUp(): void {
    if (givenUp === 0) return
    logger.warn(`Could not publish ${givenUp} deliveries; their alarms will ring`, {
      reason: describeError(lastReason),
    })
    givenUp = 0
  }

  function giveUpBefore(time: number): void {
    for (const [taskId, { keptUntil }] of kept) {
      if (keptUntil >= time) return
      kept.delete(taskId)
      givenUp += 1
    }
  }

  async function publishKept(): Promise<void> {
    while (kept.size > 0) {
      const chunk = [...kept].slice(0, CHUNK)
      const now = performance.now()
      await queue.enqueue(
        chunk.map(([, { delivery, dueAt }]) => ({ ...delivery, delayMs: Math.max(0, Math.ceil(dueAt - now)) })),
      )
      for (const [taskId, sent] of chunk) {
        // A newer delivery of the task may have been refused meanwhile.
        if (kept.get(taskId) === sent) kept.delete(taskId)
      }
    }
  }

  async function tryAgain(): Promise<void> {
    try {
      await publishKept()
      failures = 0
    } catch (error) {
      failures += 1
      lastReason = error
    }
    if (state === 'closed') return
    state = 'resting'
    if (kept.size > 0) schedule()
    reportGivenUp()
  }

  function schedule(): void {
    const pauseMs = backoff.delayMs(failures + 1)
    giveUpBefore(performance.now() + pauseMs)
    if (kept.size === 0) {
      failures = 0
      return
    }
    state = 'trying'
    // `tryAgain` never rejects. An idle process may end meanwhile, because the store keeps the alarms.
    stopTimer = startLongTimer(pauseMs, () => void tryAgain(), { keepsProcess: false })
  }

  function keepOne(delivery: Delivery, askedAt: number): void {
    // Removing the entry first moves it to the end of the map, so that the oldest stay in front.
    kept.delete(delivery.taskId)
    if (state === 'closed' || kept.size >= MOST_KEPT) {
      givenUp += 1
      return
    }
    kept.set(delivery.taskId, {
      delivery,
      dueAt: askedAt + delivery.delayMs,
      keptUntil: performance.now() + KEPT_MS,
    })
  }

  return {
    keep(deliveries, { askedAt, reason }) {
      lastReason = reason
      for (const delivery of deliveries) keepOne(delivery, askedAt)
      if (state === 'closed') reportGivenUp()
      if (state === 'resting') schedule()
    },
    forgetHint(taskId) {
      if (kept.get(taskId)?.delivery.isHint) kept.delete(taskId)
    },
    close() {
      state = 'closed'
      stopTimer?.()
      givenUp += kept.size
      kept.clear()
      reportGivenUp()
    },
  }
}
