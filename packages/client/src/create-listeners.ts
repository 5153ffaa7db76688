/** A set of callbacks to notify. */
export interface Listeners<T = void> {
  readonly tell: (news: T) => void
  /** Returns the function that stops it. */
  readonly subscribe: (listener: (news: T) => void) => () => void
}

export function createListeners<T = void>(): Listeners<T> {
  const listeners = new Set<(news: T) => void>()
  return {
    tell: (news) => {
      for (const listener of listeners) listener(news)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
