import { type ProcessOutcome, TaskError } from '@brandkit/core'
import type { ClaimOutcome } from '../../store/task-store.js'
import { deliveryPriority } from '../../queue/queue-backend.js'
import { defineQueueAction } from '../define-action.js'

const OUTCOMES: Record<ClaimOutcome['outcome'], ProcessOutcome> = {
  claimed: 'done',
  early: 'early',
  busy: 'busy',
  held: 'held',
  over: 'over',
}

/** A lease that ends this instant is no reason to be called again at once: it may be prolonged. */
const SHORTEST_PAUSE_MS = 1_000

/**
 * `POST /api/jobs?action=process` is how a push queue delivers. The backend has verified the delivery before this runs;
 * where workers pull, the action does not exist.
 */
export const processTask = defineQueueAction(
  'process',
  {
    id: 'processTask',
    summary: 'Deliver a task, for push queues only',
    description:
      'Called by the queue with its own signature, not by apps. Where workers pull their tasks it answers 404.',
    replies: { 200: { description: 'What became of the delivery.' } },
    errors: ['not_found', 'task_busy'],
  },
  async ({ request, worker, maintenance, publisher, logger, traceId }) => {
    if ('tick' in request) {
      await maintenance.pass({ minIntervalMs: 0 })
      return { body: { outcome: 'ticked' satisfies ProcessOutcome } }
    }

    const { taskId } = request
    const claim = await worker.process(taskId)
    const outcome = OUTCOMES[claim.outcome]
    logger.debug(`Processed a delivery: ${outcome}`, { taskId, traceId })
    // While another worker's lease lives, the queue shall ask again: should that worker die, another must look.
    if (claim.outcome === 'busy')
      throw new TaskError('task_busy', 'Another worker is busy with this task. Deliver again later.', {
        retryAfterMs: Math.max(SHORTEST_PAUSE_MS, claim.leaseMs),
      })
    // This message is used up, and nothing of this process outlives the request: only a new message can come back.
    if (claim.outcome === 'early')
      await publisher.publish([{ taskId, priority: deliveryPriority('normal', 0), delayMs: claim.dueInMs }])
    return { body: { outcome } }
  },
)
