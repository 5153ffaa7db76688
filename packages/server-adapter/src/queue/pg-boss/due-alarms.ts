import { startLongTimer } from '@brandkit/core'

/** Messages that become due within this many milliseconds of each other wake the consumers once. */
const SLOT_MS = 250

/**
 * Wakes the consumers of this process when delayed messages become due. It knows only the near ones, within one look at the
 * queue; the next look finds those that are further away.
 */
export interface DueAlarms {
  /** To be called with the delays, in milliseconds, of messages that were just published or found. */
  set(delaysMs: readonly number[]): void
  /** Forgets all alarms. */
  close(): void
}

export function createDueAlarms({ onDue }: { onDue: () => void }): DueAlarms {
  const slots = new Map<number, () => void>()

  function setOne(delayMs: number): void {
    // Timers may be a millisecond early, and the database's clock decides.
    const slot = Math.ceil((performance.now() + delayMs + 1) / SLOT_MS)
    if (slots.has(slot)) return
    const ring = () => {
      slots.delete(slot)
      onDue()
    }
    slots.set(slot, startLongTimer(slot * SLOT_MS - performance.now(), ring, { keepsProcess: false }))
  }

  return {
    set(delaysMs) {
      for (const delayMs of delaysMs) setOne(delayMs)
    },
    close() {
      for (const stop of slots.values()) stop()
      slots.clear()
    },
  }
}
