import { createBackoffPolicy, describeError, type TaskLogger } from '@brandkit/core'
import { createDoorbell } from './doorbell.js'
import type { DeliveryConsumer } from './queue-backend.js'

export interface PullLoopOptions<M extends { taskId: string }> {
  consumer: DeliveryConsumer
  /** Takes up to `limit` messages out of the engine, in the order in which they shall be delivered. */
  take: (limit: number) => Promise<M[]>
  /** The claim has been decided: the engine may forget the message. */
  acknowledge: (message: M) => Promise<void>
  /** Room for these is gone: another worker shall have them, or this loop later. */
  giveBack: (messages: M[]) => Promise<void>
  /** Asks again after this many milliseconds, if no ring comes first. Default: only rings wake the loop. */
  pollMs?: number | undefined
  logger: TaskLogger
}

export interface PullLoop {
  /** Something may be there to take. */
  ring(): void
  /** Takes nothing more; resolves when the deliveries in hand are done. */
  stop(): Promise<void>
}

/** Most messages of one take, so that a large worker does not starve its siblings. */
const MAX_TAKE = 200

/** Moves messages from an engine to one consumer, never more than it has room for. */
export function startPullLoop<M extends { taskId: string }>(options: PullLoopOptions<M>): PullLoop {
  const { consumer, take, acknowledge, giveBack, pollMs, logger } = options
  const doorbell = createDoorbell()
  const stopping = new AbortController()
  const inHand = new Set<Promise<unknown>>()
  const backoff = createBackoffPolicy({ baseMs: 200, ceilingMs: 5_000 })

  async function track<T>(work: Promise<T>): Promise<T> {
    inHand.add(work)
    try {
      return await work
    } finally {
      inHand.delete(work)
    }
  }

  async function deliver(message: M) {
    try {
      await consumer.deliver(message.taskId)
    } catch (error) {
      // Acknowledged nevertheless: the store's alarm rings for a task whose delivery came to nothing.
      logger.warn('A delivery failed; the alarm will repeat it', {
        taskId: message.taskId,
        error: describeError(error),
      })
    }
    try {
      await acknowledge(message)
    } catch (error) {
      logger.warn('A delivery could not be acknowledged', { taskId: message.taskId, error: describeError(error) })
    }
  }

  async function pull(): Promise<{ more: boolean }> {
    const room = Math.min(consumer.free(), MAX_TAKE)
    if (room < 1) return { more: false }

    const messages = await take(room)
    // Asked again, since meanwhile the worker may have found work elsewhere, or may be stopping.
    const welcome = stopping.signal.aborted ? 0 : Math.min(consumer.free(), messages.length)
    for (const message of messages.slice(0, welcome)) void track(deliver(message))
    if (welcome < messages.length) await giveBack(messages.slice(welcome))
    return { more: messages.length === room }
  }

  async function run() {
    let failures = 0
    while (!stopping.signal.aborted) {
      try {
        await consumer.whenFree()
        if (stopping.signal.aborted) return

        const { more } = await track(pull())
        failures = 0
        if (!more) await doorbell.rung({ timeoutMs: pollMs })
      } catch (error) {
        // An outage of the engine ends neither the process nor the consuming.
        failures += 1
        logger.warn('The queue cannot be read; trying again', { failures, error: describeError(error) })
        await doorbell.rung({ timeoutMs: backoff.delayMs(failures) })
      }
    }
  }

  void run()
  return {
    ring: () => doorbell.ring(),
    async stop() {
      stopping.abort()
      doorbell.ring()
      while (inHand.size > 0) await Promise.allSettled(inHand)
    },
  }
}
