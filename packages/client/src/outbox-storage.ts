import { type CreateTask, isJsonObject, type TaskErrorCode, type TaskLogger } from '@brandkit/core'
import * as LIMITS from '@brandkit/core/limits'
import { createUserStorage, type UserStorage, type UserStorageOptions } from './user-storage.js'

/** The server's answer to a create that it does not take. */
export interface Refusal {
  readonly code: TaskErrorCode
  readonly message: string
}

export interface OutboxEntry {
  readonly key: string
  readonly input: CreateTask
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly traceId: string
  readonly refusal?: Refusal | undefined
}

/** The entries of one user, in storage that outlives the page. */
export interface StoredOutbox extends Pick<UserStorage, 'forgetOthers' | 'subscribe'> {
  all(): readonly OutboxEntry[]
  add(entry: OutboxEntry): void
  /** Returns whether it was there. */
  remove(key: string): boolean
}

/** Without storage, entries live as long as the page. */
export function createOutboxStorage({
  logger,
  ...options
}: Omit<UserStorageOptions, 'name'> & { logger: TaskLogger }): StoredOutbox {
  const place = createUserStorage({ ...options, name: 'outbox' })
  /**
   * Entries that could not be stored, because they are too large together or storage is missing. They show until the
   * page closes.
   */
  let unstored: readonly OutboxEntry[] = []

  const read = () => parse(place.read()['entries'])
  const write = (entries: readonly OutboxEntry[]) => place.write(entries.length > 0 ? { entries } : null)

  return {
    ...place,
    all: () => [...read(), ...unstored],
    add(entry) {
      if (write([...read().filter(({ key }) => key !== entry.key), entry])) return
      unstored = [...unstored, entry]
      if (options.userId !== null) logger.warn('A create could not be stored; it is lost if the page is closed')
    },
    remove(key) {
      const isOther = (entry: OutboxEntry) => entry.key !== key
      const stored = read()
      if ([...stored, ...unstored].every(isOther)) return false
      unstored = unstored.filter(isOther)
      write(stored.filter(isOther))
      return true
    },
  }
}

/** The valid entries among the stored ones. */
function parse(entries: unknown): OutboxEntry[] {
  return Array.isArray(entries) ? entries.filter(isEntry) : []
}

function isEntry(value: unknown): value is OutboxEntry {
  if (!isJsonObject(value) || !isJsonObject(value['input'])) return false
  const { key, at, traceId, input, refusal } = value
  if (!isLike(/^[\x21-\x7e]+$/, key) || key.length > LIMITS.idCharacters || !isLike(/^[0-9a-f]{32}$/, traceId))
    return false
  const texts = [input['type'], input['brandId'], (refusal as Partial<Refusal> | undefined)?.message ?? '']
  return Number.isFinite(at) && texts.every((text) => typeof text === 'string')
}

function isLike(pattern: RegExp, value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value)
}
