import { createBackoffPolicy, describeError, type TaskLogger } from '@brandkit/core'
import { createDoorbell } from './doorbell.js'
import type { DeliveryConsumer } from './queue-backend.js'

interface AnyMessage {
  taskId: string
  priority?: number
}

export interface PullLoopOptions<M extends AnyMessage> {
  consumer: DeliveryConsumer
  /** Takes up to `limit` messages out of the engine, in the order of their delivery. */
  take: (limit: number) => Promise<M[]>
  /** Called once the claim has been decided: the engine may delete the message. */
  acknowledge: (message: M) => Promise<void>
  /** Called when room for these messages is gone: another worker, or this loop later, shall get them. */
  giveBack: (messages: M[]) => Promise<void>
  /** Polls again after this many milliseconds, unless a ring comes first. Default: only rings wake the loop. */
  pollMs?: (() => number) | undefined
  logger: TaskLogger
}

export interface PullLoop {
  /** To be called when new messages may be waiting. */
  ring(): void
  /** Takes no more messages; resolves when all running deliveries are done. */
  stop(): Promise<void>
}

/** Most messages per take, so that a large worker does not starve the others. */
const MAX_TAKE = 200

/** Moves messages from an engine to one consumer, and never takes more than the consumer has room for. */
export function startPullLoop<M extends AnyMessage>(options: PullLoopOptions<M>): PullLoop {
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
      await consumer.deliver(message.taskId, message.priority)
    } catch (error) {
      // The message is still acknowledged: the store's alarm rings for a task whose delivery failed.
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
    const look = consumer.look(MAX_TAKE)
    const room = look.room()
    // Another task has taken the room. The loop waits for the next room at once, so that it keeps its turn.
    if (room < 1) return { more: true }

    let messages: M[] = []
    try {
      messages = await take(room)
      // The room is checked again, because the worker may have got other work meanwhile, or may be stopping.
      const welcome = stopping.signal.aborted ? 0 : Math.min(look.room(), messages.length)
      for (const message of messages.slice(0, welcome)) void track(deliver(message))
      if (welcome < messages.length) await giveBack(messages.slice(welcome))
      return { more: messages.length === room }
    } finally {
      look.end({
        engine: messages.length === room ? 'more' : 'empty',
        messages: messages.length,
        lowestPriority: messages.reduce<number | undefined>(lowest, undefined),
      })
    }
  }

  async function run() {
    let failures = 0
    while (!stopping.signal.aborted) {
      try {
        await consumer.whenFree()
        if (stopping.signal.aborted) return

        const { more } = await track(pull())
        failures = 0
        if (!more) await doorbell.rung({ timeoutMs: pollMs?.() })
      } catch (error) {
        // An outage of the engine must not end the process or this loop.
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

function lowest(least: number | undefined, { priority }: AnyMessage): number | undefined {
  return priority === undefined ? least : Math.min(least ?? priority, priority)
}
