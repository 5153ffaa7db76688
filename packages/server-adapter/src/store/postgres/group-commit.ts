import { setImmediate as nextTurn } from 'node:timers/promises'

export interface GroupCommitOptions<Entry, Outcome> {
  /** Runs one statement for all entries, in their order, and answers in the same order. All take effect or none. */
  run: (entries: readonly Entry[]) => Promise<readonly Outcome[]>
  /** Whether the failure concerns every entry alike (no connection), so that trying them singly would be useless. */
  isCommonFailure: (error: unknown) => boolean
  /** Entries that concern the same thing, where at most one of a kind may stand in a statement (see `closes`). */
  keyOf?: (entry: Entry) => string
  /** Whether later entries of the same key have to wait for the next statement. Default: never. */
  closes?: (entry: Entry) => boolean
  /** Approximate bytes of an entry. Default 0. */
  sizeOf?: (entry: Entry) => number
  /** Most entries in one statement. Default 250. */
  maxEntries?: number
  /** Most bytes in one statement, unless a single entry has more. Default 4 MB. */
  maxBytes?: number
}

interface Waiting<Entry, Outcome> {
  entry: Entry
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

/**
 * Sends what arrives while a statement is in flight together in the next one. Before each the event loop turns once,
 * which costs no time that could be measured: a database inside of this process answers before the loop has turned, and
 * requests that wait in it would come one by one.
 *
 * A value that the database refuses fails the whole statement; then its entries run one by one, in their order, and
 * the guilty one fails alone.
 */
export function groupCommit<Entry, Outcome>(
  options: GroupCommitOptions<Entry, Outcome>,
): (entry: Entry) => Promise<Outcome> {
  let waiting: Waiting<Entry, Outcome>[] = []
  let running = false

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await nextTurn()
      const { batch, rest } = split(waiting, options)
      waiting = rest
      await commit(batch, options)
    }
    running = false
  }

  return (entry) =>
    new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject })
      if (running) return
      running = true
      void drain()
    })
}

function split<Entry, Outcome>(
  waiting: readonly Waiting<Entry, Outcome>[],
  { keyOf, closes, sizeOf, maxEntries = 250, maxBytes = 4_000_000 }: GroupCommitOptions<Entry, Outcome>,
) {
  const batch: Waiting<Entry, Outcome>[] = []
  const rest: Waiting<Entry, Outcome>[] = []
  const closed = new Set<string>()
  let bytes = 0
  for (const item of waiting) {
    const key = keyOf?.(item.entry)
    bytes += sizeOf?.(item.entry) ?? 0
    const full = batch.length >= maxEntries || (bytes > maxBytes && batch.length > 0)
    if (full || (key !== undefined && closed.has(key))) {
      rest.push(item)
      // What follows an entry that stays behind must not overtake it.
      if (key !== undefined) closed.add(key)
      continue
    }
    batch.push(item)
    if (key !== undefined && closes?.(item.entry)) closed.add(key)
  }
  return { batch, rest }
}

async function commit<Entry, Outcome>(
  batch: readonly Waiting<Entry, Outcome>[],
  options: GroupCommitOptions<Entry, Outcome>,
): Promise<void> {
  try {
    const outcomes = await options.run(batch.map(({ entry }) => entry))
    for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index] as Outcome)
  } catch (error) {
    if (batch.length === 1 || options.isCommonFailure(error)) {
      for (const { reject } of batch) reject(error)
      return
    }
    for (const item of batch) await commit([item], options)
  }
}
