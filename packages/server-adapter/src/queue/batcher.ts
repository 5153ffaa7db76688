export interface Batcher<T> {
  /** Resolves when the batch that carries `items` has been sent, rejects with the error of that batch. */
  add(items: readonly T[]): Promise<void>
  /** Resolves when all that was added so far has been sent or has failed; never rejects. */
  idle(): Promise<void>
}

/**
 * Sends at once when nothing is on its way; what arrives meanwhile goes out together in the next call. So load makes
 * batches, while an idle system waits for nothing.
 */
export function createBatcher<T>(send: (items: T[]) => Promise<void>, { maxItems }: { maxItems: number }): Batcher<T> {
  interface Entry {
    items: readonly T[]
    resolve: () => void
    reject: (error: unknown) => void
  }
  let entries: Entry[] = []
  let sending: Promise<void> | undefined

  /** Whole entries, so that each has one outcome; at least one, however large. */
  function takeEntries(): Entry[] {
    let room = maxItems
    const firstLeft = entries.findIndex((entry, index) => {
      room -= entry.items.length
      return room < 0 && index > 0
    })
    return entries.splice(0, firstLeft === -1 ? entries.length : firstLeft)
  }

  async function sendAll() {
    while (entries.length > 0) {
      const batch = takeEntries()
      try {
        await send(batch.flatMap((entry) => entry.items))
        for (const entry of batch) entry.resolve()
      } catch (error) {
        for (const entry of batch) entry.reject(error)
      }
    }
    sending = undefined
  }

  return {
    async add(items) {
      if (items.length === 0) return

      await new Promise<void>((resolve, reject) => {
        entries.push({ items, resolve, reject })
        sending ??= sendAll()
      })
    },
    async idle() {
      await sending
    },
  }
}
