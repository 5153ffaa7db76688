import type { TaskLogger } from '@brandkit/core'
import type { TaskOwner } from '../../principal.js'
import type { TaskStore } from '../../store/task-store.js'
import type { TaskChange } from '../../store/task-watcher.js'

export interface ChangeListener {
  onChanges(changes: readonly TaskChange[]): void
  /** Ids whose changes matter to this listener, for stores that have to ask. */
  following(): Iterable<string>
  /** Owners all of whose tasks matter, for the same stores. */
  owners(): Iterable<TaskOwner>
}

/** Tells everybody in this process who waits for changes, whichever process made them: one watch of the store for all. */
export interface ChangeHub {
  /** Returns the function that stops it. */
  subscribe(listener: ChangeListener): () => void
  /** Begins to watch. */
  open(store: TaskStore): void
  close(): void
}

export function createChangeHub({ logger }: { logger: TaskLogger }): ChangeHub {
  const listeners = new Set<ChangeListener>()
  let stop: (() => void) | undefined

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    open(store) {
      stop = store.watch({
        onChanges(changes) {
          for (const listener of listeners) listener.onChanges(changes)
        },
        *following() {
          for (const listener of listeners) yield* listener.following()
        },
        *owners() {
          for (const listener of listeners) yield* listener.owners()
        },
        onDeaf(reason) {
          logger.warn('Changes that other processes make are asked for once a second, because they are not heard', {
            reason,
          })
        },
      })
    },
    close() {
      stop?.()
      stop = undefined
    },
  }
}
