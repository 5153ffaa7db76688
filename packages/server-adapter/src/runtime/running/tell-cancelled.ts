import type { StoredTask } from '../../store/task-store.js'
import type { Lifecycle } from '../lifecycle.js'
import type { ReleaseNext } from './release-next.js'
import type { Worker } from './worker.js'

/** Called when this process has cancelled a task in the store, by itself or for a newer task. */
export type TellCancelled = (cancelled: StoredTask) => Promise<void>

export function createTellCancelled({
  worker,
  lifecycle,
  releaseNext,
}: {
  worker: Pick<Worker, 'onChanges'>
  lifecycle: Lifecycle
  releaseNext: ReleaseNext
}): TellCancelled {
  return async (cancelled) => {
    // The store's watch tells every process. This process's worker is told directly, which is faster.
    worker.onChanges([cancelled])
    lifecycle('cancelled', cancelled)
    await releaseNext(cancelled)
  }
}
