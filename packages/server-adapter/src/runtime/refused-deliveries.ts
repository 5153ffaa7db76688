import { createBackoffPolicy, describeError, startLongTimer, type TaskLogger } from '@brandkit/core'
import type { Delivery, QueueBackend } from '../queue/queue-backend.js'

/**
 * Deliveries that the engine has refused, in the hand of this process for a while. A failover takes seconds, and a row's
 * first alarm 30; the alarm rings for what is given up here, or lost with the process.
 */
export interface RefusedDeliveries {
  /** `askedAt` is when they were published for the first time, by `performance.now()`. */
  keep(deliveries: readonly Delivery[], refusal: { askedAt: number; reason: unknown }): void
  /** Tries nothing again from now on. */
  close(): void
}

interface Kept {
  delivery: Delivery
  /** Both by `performance.now()`. */
  dueAt: number
  keptUntil: number
}

/** How long a delivery is kept, in milliseconds: the bound of a failover. */
const KEPT_MS = 15_000

/** Most deliveries that are kept, a few megabytes. */
const MOST_KEPT = 10_000

/** Deliveries of one call to the engine: what it takes is not repeated when a later call fails. */
const CHUNK = 100

export function createRefusedDeliveries({
  queue,
  logger,
}: {
  queue: QueueBackend
  logger: TaskLogger
}): RefusedDeliveries {
  const backoff = createBackoffPolicy({ baseMs: 500, ceilingMs: 2_500 })
  /** Keyed by task id, oldest first: a second delivery of a task says nothing new. */
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
        // The task may have been refused anew meanwhile.
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
    // `tryAgain` never rejects. A process that has nothing else to do may end: the alarms are in the store.
    stopTimer = startLongTimer(pauseMs, () => void tryAgain(), { keepsProcess: false })
  }

  function keepOne(delivery: Delivery, askedAt: number): void {
    // Removed first, so that the oldest stay in front.
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
    close() {
      state = 'closed'
      stopTimer?.()
      givenUp += kept.size
      kept.clear()
      reportGivenUp()
    },
  }
}
