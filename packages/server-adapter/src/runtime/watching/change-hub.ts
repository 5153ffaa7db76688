import type { TaskLogger } from '@brandkit/core'
import type { TaskOwner } from '../../principal.js'
import type { TaskStore } from '../../store/task-store.js'
import type { TaskChange } from '../../store/task-watcher.js'
import type { Telemetry } from '../telemetry.js'

interface ChangeListener {
  onChanges(changes: readonly TaskChange[]): void
  /** The ids of tasks that this listener follows, for stores that poll. */
  following(): Iterable<string>
  /** The owners whose tasks are all followed by this listener, for stores that poll. */
  owners(): Iterable<TaskOwner>
}

interface ChangeHubOptions {
  logger: TaskLogger
  telemetry: Pick<Telemetry, 'detached'>
}

/** Passes changes from all processes to the listeners of this process. One watch of the store serves all listeners. */
export interface ChangeHub {
  /** Adds a listener. Returns a function that removes it. */
  subscribe(listener: ChangeListener): () => void
  /** Begins to watch the store. */
  open(store: TaskStore): void
  close(): void
}

export function createChangeHub({ logger, telemetry }: ChangeHubOptions): ChangeHub {
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
          // A store may notify inside a write, whose trace is that of one task. What pages read after it belongs to no task.
          telemetry.detached(() => {
            for (const listener of listeners) listener.onChanges(changes)
          })
        },
        *following() {
          for (const listener of listeners) yield* listener.following()
        },
        *owners() {
          for (const listener of listeners) yield* listener.owners()
        },
        onDeaf(reason) {
          logger.warn(
            'Changes that other processes make are asked for once a second, because their notifications do not arrive',
            {
              reason,
            },
          )
        },
      })
    },
    close() {
      stop?.()
      stop = undefined
    },
  }
}
