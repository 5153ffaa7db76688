import type { Look } from '../../queue/queue-backend.js'
import type { Slots } from './slots.js'

/**
 * Shares the slots between the engine's messages and the tasks that this process has created itself, which need no message.
 *
 * - While the engine asks for nothing, its last look found it empty, so no other process's task is known to wait: every free
 *   slot is for local tasks. New messages wake the engine's loop, at the latest at its next poll.
 * - Once the loop asks, it gets the next free slot. After a look that found `n` messages and may have left others, `n` local
 *   tasks may start before the next look. So a message is overtaken by no more local tasks than messages are before it in the
 *   engine, plus the slots of this worker.
 * - A local task never overtakes messages that may have a greater priority than its own.
 * - Until the first look, what waits in the engine is unknown, so no local task starts.
 */
export interface Turns {
  /** Whether a local task of this priority may take a free slot now. */
  mayStart(priority: number): boolean
  /** Takes the slot for it. */
  start(): void
  /** For the engine's loop, as the methods of `DeliveryConsumer`. */
  whenFree: () => Promise<void>
  look: (limit: number) => Look
}

/** @param onRoom called when a look has ended, since it may have left room for local tasks */
export function createTurns(slots: Slots, onRoom: () => void): Turns {
  let hasLooked = false
  /** Whether the engine's loop waits for a slot. */
  let isAsking = false
  /** Local tasks that may start although the loop waits. */
  let credit = 0
  let leastPriority = -Infinity

  return {
    mayStart(priority) {
      if (!hasLooked || slots.free() === 0) return false
      return !isAsking || (credit > 0 && priority >= leastPriority)
    },
    start() {
      slots.take()
      if (isAsking) credit -= 1
    },
    whenFree() {
      isAsking = true
      return slots.whenFree()
    },
    look(limit) {
      const kept = Math.min(slots.free(), limit)
      if (kept > 0) isAsking = false
      for (let slot = 0; slot < kept; slot += 1) slots.take()
      return {
        room: () => (slots.isClosed() ? 0 : kept),
        end({ engine, messages, lowestPriority = -Infinity }) {
          hasLooked = true
          credit = engine === 'more' ? messages : 0
          leastPriority = lowestPriority
          for (let slot = 0; slot < kept; slot += 1) slots.giveBack()
          onRoom()
        },
      }
    },
  }
}
