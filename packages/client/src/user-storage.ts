import { isJsonObject } from '@brandkit/core'
import { guarded } from './guarded.js'

/** The part of `Storage` that we use. */
export type StorageLike = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** A few fields of one user, in storage that outlives the page. */
export interface UserStorage {
  /** The stored fields, unchecked. Empty without storage, or when another version of this code has written them. */
  read(): Readonly<Record<string, unknown>>
  /** Returns whether the fields are stored. `null` removes them. */
  write(fields: object | null): boolean
  /** Deletes the fields that other users of this browser have stored. */
  forgetOthers(): void
  /** Calls back when another tab has written. Returns the function that stops it. */
  subscribe(listener: () => void): () => void
}

export interface UserStorageOptions {
  name: string
  /** `null` before sign-in, when nothing is stored. */
  userId: string | null
  /** Default: the page's localStorage, if it is usable. */
  storage?: StorageLike | undefined
}

const MOST_BYTES = 256 * 1024
/** The version of the stored form. */
const VERSION = 1

/**
 * Every access is guarded and reads again: storage may be full, forbidden or corrupted, and other tabs write, too. The
 * stored fields are only a convenience, so storage errors must not break the page.
 */
export function createUserStorage({ name, userId, storage }: UserStorageOptions): UserStorage {
  const prefix = `brandkit:${name}:`
  const key = prefix + userId
  const place = () => storage ?? globalThis.localStorage

  return {
    read: () => {
      const stored = guarded<unknown>(() => (userId === null ? null : JSON.parse(place().getItem(key) ?? 'null')))
      return isJsonObject(stored) && stored['v'] === VERSION ? stored : {}
    },
    write: (fields) =>
      guarded(() => {
        const text = JSON.stringify({ v: VERSION, ...fields })
        if (userId === null || byteLength(text) > MOST_BYTES) return false
        if (fields) place().setItem(key, text)
        else place().removeItem(key)
        return true
      }) ?? false,
    forgetOthers: () => {
      guarded(() => {
        const names = Array.from({ length: place().length }, (_, index) => place().key(index) ?? '')
        for (const other of names)
          if (other.startsWith(prefix) && (userId === null || other !== key)) place().removeItem(other)
      })
    },
    subscribe: (listener) => {
      const whenStored = (event: StorageEvent) => {
        if (event.key === key) listener()
      }
      globalThis.addEventListener?.('storage', whenStored)
      return () => globalThis.removeEventListener?.('storage', whenStored)
    },
  }
}

/** The UTF-8 length of a text in bytes. */
function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength
}
