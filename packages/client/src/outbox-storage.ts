import { type CreateTask, isJsonObject, LIMITS, type TaskLogger } from '@brandkit/core'

/** The part of `Storage` that an outbox needs. */
export type OutboxStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export interface OutboxEntry {
  readonly key: string
  readonly input: CreateTask
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly traceId: string | undefined
}

/** The entries of one user, as they outlive the page. */
export interface StoredOutbox {
  all(): readonly OutboxEntry[]
  add(entry: OutboxEntry): void
  remove(key: string): void
  forgetOthers(): void
  /** Calls back when another tab has written. Returns the function that stops it. */
  subscribe(listener: () => void): () => void
}

const PREFIX = 'brandkit:outbox:'
const MOST_BYTES = 256 * 1024

/**
 * Every access is guarded and reads anew: storage may be full, forbidden or hold anything, and other tabs write too.
 * Without it entries live as long as the page does.
 */
export function createOutboxStorage({
  userId,
  storage,
  logger,
}: {
  userId: string | null
  storage: OutboxStorage | undefined
  logger: TaskLogger
}): StoredOutbox {
  const name = PREFIX + userId
  /** What could not be stored: too large together, or no storage. It still shows, until the page is closed. */
  let unstored: readonly OutboxEntry[] = []
  const place = () => (userId === null ? undefined : (storage ?? localStorageOfPage()))

  const read = () => guarded(() => parse(place()?.getItem(name) ?? '')) ?? []
  const write = (entries: readonly OutboxEntry[]) =>
    guarded(() => {
      const text = JSON.stringify({ v: 1, entries })
      const target = place()
      if (!target || new TextEncoder().encode(text).byteLength > MOST_BYTES) return false
      if (entries.length > 0) target.setItem(name, text)
      else target.removeItem(name)
      return true
    }) ?? false

  return {
    all: () => [...read(), ...unstored],
    add(entry) {
      if (write([...read().filter(({ key }) => key !== entry.key), entry])) return
      unstored = [...unstored, entry]
      if (userId !== null) logger.warn('A create could not be kept for later; it is lost if the page is closed now')
    },
    remove(key) {
      unstored = unstored.filter((entry) => entry.key !== key)
      const entries = read()
      if (entries.some((entry) => entry.key === key)) write(entries.filter((entry) => entry.key !== key))
    },
    forgetOthers() {
      guarded(() => {
        const target = storage ?? localStorageOfPage()
        const names = Array.from({ length: target?.length ?? 0 }, (_, index) => target?.key(index) ?? '')
        for (const other of names) if (other.startsWith(PREFIX) && other !== name) target?.removeItem(other)
      })
    },
    subscribe(listener) {
      const whenStored = (event: StorageEvent) => {
        if (event.key === name) listener()
      }
      globalThis.addEventListener?.('storage', whenStored)
      return () => globalThis.removeEventListener?.('storage', whenStored)
    },
  }
}

/** Whatever stands there: what is no entry of ours is left out. */
function parse(text: string): OutboxEntry[] {
  const stored: unknown = text ? JSON.parse(text) : null
  if (!isJsonObject(stored) || stored['v'] !== 1 || !Array.isArray(stored['entries'])) return []
  return stored['entries'].filter(isEntry)
}

function isEntry(value: unknown): value is OutboxEntry {
  if (!isJsonObject(value) || !isJsonObject(value['input'])) return false
  const { key, at, traceId, input } = value
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key) || key.length > LIMITS.idCharacters) return false
  if (traceId !== undefined && !(typeof traceId === 'string' && /^[0-9a-f]{32}$/.test(traceId))) return false
  return Number.isFinite(at) && typeof input['type'] === 'string' && typeof input['brandId'] === 'string'
}

/** Where there is none, and where reading it is forbidden, `undefined`. */
function localStorageOfPage(): OutboxStorage | undefined {
  return globalThis.localStorage
}

function guarded<R>(access: () => R): R | undefined {
  try {
    return access()
  } catch {
    // A create that cannot be kept is sent all the same; failing here would cost the page.
    return undefined
  }
}
