import { createDoorbell, type Doorbell } from './doorbell.js'
import { createPriorityLine } from './priority-line.js'
import type { DeliveryConsumer, QueueBackend, QueueContext } from './queue-backend.js'

/** Timers cannot be set for longer: 2^31 − 1 ms, about 24 days (HTML Standard, "timers"). */
const MAX_DELAY_MS = 2_147_483_647

/** Delivers within this process, and forgets with it. Serves one process: with several, each has its own line. */
export function memoryQueue(): QueueBackend {
  const waiting = createPriorityLine<string>()
  const timers = new Set<NodeJS.Timeout>()
  const inHand = new Set<Promise<void>>()
  const doorbells = new Set<Doorbell>()
  let context: QueueContext | undefined
  let closed = false

  function add(taskId: string, priority: number) {
    waiting.add(taskId, priority)
    for (const doorbell of doorbells) doorbell.ring()
  }

  function addLater(taskId: string, priority: number, delayMs: number) {
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        add(taskId, priority)
      },
      Math.min(delayMs, MAX_DELAY_MS),
    )
    timer.unref()
    timers.add(timer)
  }

  async function deliver(consumer: DeliveryConsumer, taskId: string) {
    try {
      await consumer.deliver(taskId)
    } catch (error) {
      // Not put back: the store's alarm rings for a task whose delivery came to nothing.
      context?.logger.warn('A delivery failed; the alarm will repeat it', { taskId, error: String(error) })
    }
  }

  async function serve(consumer: DeliveryConsumer, doorbell: Doorbell) {
    while (!closed) {
      await consumer.whenFree()
      while (!closed && waiting.length > 0 && consumer.free() > 0) {
        const delivery = deliver(consumer, waiting.take()!)
        inHand.add(delivery)
        void delivery.finally(() => inHand.delete(delivery))
      }
      if (!closed && waiting.length === 0) await doorbell.heard()
    }
  }

  return {
    name: 'memory',
    capabilities: { mode: 'pull', priority: true, maxDelayMs: MAX_DELAY_MS, durable: false },

    async open(opened) {
      context = opened
    },

    async close() {
      closed = true
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      waiting.clear()
      for (const doorbell of doorbells) doorbell.ring()
      await Promise.all(inHand)
    },

    async enqueue(deliveries) {
      if (closed) return

      for (const { taskId, priority, delayMs } of deliveries) {
        if (delayMs > 0) addLater(taskId, priority, delayMs)
        else add(taskId, priority)
      }
    },

    async consume(consumer) {
      const doorbell = createDoorbell()
      doorbells.add(doorbell)
      void serve(consumer, doorbell)
    },

    async depth() {
      return waiting.length
    },
  }
}
