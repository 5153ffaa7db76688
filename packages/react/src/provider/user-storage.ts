/** One small value of one user in the page's localStorage. */
export interface UserStorage {
  /** What stands there, whatever it is; `undefined` where there is nothing, or no storage. */
  read(): unknown
  write(value: object): void
  /** Deletes the values that other users of this browser left. */
  forgetOthers(): void
  /** Calls back when another tab has written. Returns the function that stops it. */
  subscribe(listener: () => void): () => void
}

/**
 * With no user there is no storage. Every access is guarded, since storage may be full, forbidden or hold anything, and
 * what stands in it makes life easier but is never needed.
 */
export function createUserStorage({ name, userId }: { name: string; userId: string | null }): UserStorage {
  const prefix = `brandkit:${name}:`
  const key = prefix + userId

  return {
    read: () =>
      userId === null ? undefined : guarded(() => JSON.parse(localStorage.getItem(key) ?? 'null') as unknown),
    write: (value) => {
      if (userId !== null) guarded(() => localStorage.setItem(key, JSON.stringify(value)))
    },
    forgetOthers: () => {
      guarded(() => {
        for (const other of Object.keys(localStorage))
          if (other.startsWith(prefix) && (userId === null || other !== key)) localStorage.removeItem(other)
      })
    },
    subscribe: (listener) => {
      const whenStored = (event: StorageEvent) => {
        if (event.key === key) listener()
      }
      window.addEventListener('storage', whenStored)
      return () => window.removeEventListener('storage', whenStored)
    },
  }
}

function guarded<R>(access: () => R): R | undefined {
  try {
    return access()
  } catch {
    return undefined
  }
}
