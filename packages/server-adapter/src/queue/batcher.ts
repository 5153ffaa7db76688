export interface Batcher<T> {
  /** Resolves when all `items` have been sent, rejects with the error of a call that carried some of them. */
  add(items: readonly T[]): Promise<void>
  /** Resolves when all earlier items have been sent or have failed; never rejects. */
  idle(): Promise<void>
}

interface Entry<T> {
  item: T
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Sends at once when no call is running. Items that arrive during a call are sent together in the next one, so that load
 * makes batches and an idle system never waits. A call carries at most `maxItems`.
 */
export function createBatcher<T>(send: (items: T[]) => Promise<void>, { maxItems }: { maxItems: number }): Batcher<T> {
  let entries: Entry<T>[] = []
  let sending: Promise<void> | undefined

  async function sendAll() {
    while (entries.length > 0) {
      const batch = entries.slice(0, maxItems)
      entries = entries.slice(maxItems)
      try {
        await send(batch.map(({ item }) => item))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    sending = undefined
  }

  function addOne(item: T) {
    return new Promise<void>((resolve, reject) => {
      entries.push({ item, resolve, reject })
    })
  }

  return {
    async add(items) {
      if (items.length === 0) return

      const added = Promise.all(items.map(addOne))
      sending ??= sendAll()
      await added
    },
    async idle() {
      await sending
    },
  }
}
