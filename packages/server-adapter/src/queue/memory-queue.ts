import { LONGEST_TIME_MS } from '@brandkit/core'
import { type Clock, machineClock } from '../clock.js'
import { createPriorityLine } from '../priority-line.js'
import { type PullLoop, startPullLoop } from './pull-loop.js'
import type { Delivery, QueueBackend, QueueContext } from './queue-backend.js'

/**
 * Delivers within this process, and loses its messages with it. Higher priorities come first, then first come, first served.
 */
export function memoryQueue(): QueueBackend {
  return createMemoryQueue({ clock: machineClock })
}

/** A memory queue whose delays follow the given clock. */
export function createMemoryQueue({ clock }: { clock: Clock }): QueueBackend {
  const waiting = createPriorityLine<Delivery>()
  const timers = new Set<() => void>()
  const loops: PullLoop[] = []
  let context: QueueContext | undefined
  let isClosed = false

  function add(delivery: Delivery) {
    waiting.add(delivery, delivery.priority)
    for (const loop of loops) loop.ring()
  }

  function addLater(delivery: Delivery) {
    const ring = () => {
      timers.delete(stop)
      add(delivery)
    }
    const stop = clock.after(delivery.delayMs, ring, { keepsProcess: false })
    timers.add(stop)
  }

  function takeNext(limit: number): Delivery[] {
    const taken: Delivery[] = []
    while (taken.length < limit) {
      const delivery = waiting.take()
      if (!delivery) break
      taken.push(delivery)
    }
    return taken
  }

  return {
    name: 'memory',
    capabilities: { mode: 'pull', priority: true, maxDelayMs: LONGEST_TIME_MS, durable: false, localStart: true },

    async open(opened) {
      context = opened
    },

    async close() {
      isClosed = true
      for (const stop of timers) stop()
      timers.clear()
      await Promise.all(loops.map((loop) => loop.stop()))
    },

    async enqueue(deliveries) {
      if (isClosed) return

      for (const delivery of deliveries) {
        if (delivery.delayMs > 0) addLater(delivery)
        else add(delivery)
      }
    },

    async consume(consumer) {
      if (!context) throw new Error('memoryQueue must be opened before it is consumed.')

      const loop = startPullLoop({
        consumer,
        take: async (limit) => takeNext(limit),
        acknowledge: async () => {},
        giveBack: async (messages) => messages.forEach(add),
        logger: context.logger,
      })
      loops.push(loop)
    },

    async depth() {
      return waiting.length
    },
  }
}
