/** The slots of a worker, one for each task that may run at once. */
export interface Slots {
  free: () => number
  /** Resolves as soon as at least one slot is free. Never resolves after `close`. */
  whenFree: () => Promise<void>
  take(): void
  giveBack(): void
  /** Leaves no slot free from now on. */
  close(): void
  isClosed: () => boolean
}

export function createSlots(size: number): Slots {
  let taken = 0
  let closed = false
  let waiting: (() => void)[] = []

  const free = () => (closed ? 0 : Math.max(0, size - taken))
  return {
    free,
    whenFree: () => (free() > 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    take() {
      taken++
    },
    giveBack() {
      taken--
      if (free() === 0) return
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    },
    close() {
      closed = true
    },
    isClosed: () => closed,
  }
}
