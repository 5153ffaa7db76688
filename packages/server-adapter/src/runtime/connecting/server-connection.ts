import type { TaskLogger } from '@brandkit/core'
import type { QueueBackend } from '../../queue/queue-backend.js'
import type { TaskStore } from '../../store/task-store.js'
import type { ChangeHub } from '../watching/change-hub.js'
import type { Telemetry } from '../telemetry.js'
import type { Worker } from '../running/worker.js'

/** The connection of a server to its store and its queue. */
export interface ServerConnection {
  /** Connects, or waits for the attempt under way. After a failed attempt, the next call tries again. */
  open(): Promise<void>
  /** The part that the latest attempt is connecting to, or failed at; null once both are connected. */
  missing(): 'store' | 'queue' | null
  /** The attempt that is under way or succeeded; null if none. */
  attempt(): Promise<void> | null
}

interface ServerConnectionOptions {
  store: TaskStore
  queue: QueueBackend
  telemetry: Telemetry
  changes: ChangeHub
  worker: Pick<Worker, 'onChanges' | 'running'>
  logger: TaskLogger
}

export function createServerConnection({
  store,
  queue,
  telemetry,
  changes,
  worker,
  logger,
}: ServerConnectionOptions): ServerConnection {
  let attempt: Promise<void> | null = null
  let missing: 'store' | 'queue' | null = 'store'

  async function connect(): Promise<void> {
    missing = 'store'
    // Telemetry opens first, so that the connecting calls have spans too.
    await telemetry.open(() => store.stats())
    await store.open({ logger })
    missing = 'queue'
    if (store.capabilities.warning) logger.warn(store.capabilities.warning)
    try {
      await queue.open({ store, logger })
    } catch (error) {
      // The next attempt opens the store again, so this one must release it, above all a lock on a data folder.
      await store.close()
      throw error
    }
    changes.subscribe({ onChanges: worker.onChanges, following: worker.running, owners: () => [] })
    changes.open(store)
    missing = null
  }

  return {
    open() {
      attempt ??= connect().catch((error: unknown) => {
        attempt = null
        throw error
      })
      return attempt
    },
    missing: () => missing,
    attempt: () => attempt,
  }
}
