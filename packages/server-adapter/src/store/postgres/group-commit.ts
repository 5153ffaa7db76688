import { setImmediate as nextTurn } from 'node:timers/promises'

export interface GroupCommitOptions<Entry, Outcome> {
  /**
   * Runs one statement for all entries, in their order, and returns the outcomes in the same order. All take effect or none.
   */
  run: (entries: readonly Entry[]) => Promise<readonly Outcome[]>
  /** Whether the failure concerns every entry (no connection), so that trying the entries one by one is useless. */
  isCommonFailure: (error: unknown) => boolean
  /** Groups the entries that concern the same row; see `closes`. */
  keyOf?: (entry: Entry) => string
  /** Whether later entries of the same key must wait for the next statement. Default: never. */
  closes?: (entry: Entry) => boolean
  /** Approximate bytes of an entry. Default 0. */
  sizeOf?: (entry: Entry) => number
  /** Most entries in one statement. Default 250. */
  maxEntries?: number
  /** Most bytes in one statement, unless a single entry has more. Default 4 MB. */
  maxBytes?: number
  /**
   * Entries wait no longer than this many milliseconds for a statement that was sent before them, because its connection may
   * be dead. Only for entries that may overtake each other. Default: they wait for its end.
   */
  patienceMs?: number
}

interface Waiting<Entry, Outcome> {
  entry: Entry
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

/**
 * Entries that arrive during a statement are sent together in the next one. The event loop turns once before each statement,
 * at no measurable cost. Without this turn an embedded database would answer before waiting requests are read, and they
 * would be sent one by one.
 *
 * A value that the database refuses fails the whole statement. Then the entries run one by one, in their order, and only the
 * entry with that value fails.
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
      await within(options.patienceMs, commit(batch, options))
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

async function within(patienceMs: number | undefined, work: Promise<void>): Promise<void> {
  if (patienceMs === undefined) return work
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)))
  await Promise.race([work, patience])
  clearTimeout(timer)
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
      // Later entries of the same key must not overtake the one that stays behind.
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
