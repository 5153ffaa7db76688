import type { QueueBackend } from '../../queue/queue-backend.js'

/**
 * A queue that delays each delivery by `startDelayOf`, in milliseconds after the task is due. `null`: the queue drops the
 * delivery, because a test moves the task itself.
 */
export function createScriptedQueue(
  queue: QueueBackend,
  { startDelayOf }: { startDelayOf: (taskId: string) => number | null },
): QueueBackend {
  return {
    ...queue,
    // A task that starts without a message would not wait for its time.
    capabilities: { ...queue.capabilities, localStart: false },
    enqueue: (deliveries) =>
      queue.enqueue(
        deliveries.flatMap((delivery) => {
          const delayMs = startDelayOf(delivery.taskId)
          return delayMs === null ? [] : [{ ...delivery, delayMs: delivery.delayMs + delayMs }]
        }),
      ),
  }
}
