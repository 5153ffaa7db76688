import type { QueueBackend } from '../../queue/queue-backend.js'

/**
 * A queue that delivers each task as late as `startDelayOf` says, in milliseconds from when it is due; `null` never, since a
 * test moves the task itself.
 */
export function createScriptedQueue(
  queue: QueueBackend,
  { startDelayOf }: { startDelayOf: (taskId: string) => number | null },
): QueueBackend {
  return {
    ...queue,
    enqueue: (deliveries) =>
      queue.enqueue(
        deliveries.flatMap((delivery) => {
          const delayMs = startDelayOf(delivery.taskId)
          return delayMs === null ? [] : [{ ...delivery, delayMs: delivery.delayMs + delayMs }]
        }),
      ),
  }
}
