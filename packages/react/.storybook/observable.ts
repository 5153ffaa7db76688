/** A value that changes, for `useSyncExternalStore`. */
export interface Observable<V> {
  readonly get: () => V
  readonly set: (value: V) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createObservable<V>(initial: V): Observable<V> {
  const listeners = new Set<() => void>()
  let value = initial
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(value, next)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
