import { isJsonObject } from '@brandkit/core'
import { guarded } from './guarded.js'

/** The part of `Storage` that is needed. */
export type StorageLike = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** A few fields of one user, as they outlive the page. */
export interface UserStorage {
  /** The stored fields, unchecked; none without storage, or when another version of this code has written them. */
  read(): Readonly<Record<string, unknown>>
  /** Returns whether they are stored. `null` removes them. */
  write(fields: object | null): boolean
  /** Deletes the fields that other users of this browser left. */
  forgetOthers(): void
  /** Calls back when another tab has written. Returns the function that stops it. */
  subscribe(listener: () => void): () => void
}

export interface UserStorageOptions {
  name: string
  /** `null`: nobody is signed in, so nothing is stored. */
  userId: string | null
  /** Default: the page's localStorage, if it has one that can be used. */
  storage?: StorageLike | undefined
}

const MOST_BYTES = 256 * 1024
/** The version of the stored form. */
const VERSION = 1

/**
 * Every access is guarded and reads anew: storage may be full, forbidden or hold anything, and other tabs write too. What
 * stands in it makes life easier, and failing for it would cost the page.
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

/** How many bytes a text has as UTF-8. */
function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength
}
