import { type ProcessOutcome, TaskError } from '@brandkit/core'
import type { ClaimOutcome } from '../../store/task-claim.js'
import { deliveryPriority } from '../../queue/queue-backend.js'
import { defineQueueAction } from '../define-action.js'

const OUTCOMES: Record<ClaimOutcome['outcome'], ProcessOutcome> = {
  claimed: 'done',
  early: 'early',
  busy: 'busy',
  held: 'held',
  over: 'over',
}

/** The shortest `Retry-After` of a busy task, in milliseconds: a lease that is about to end may still be prolonged. */
const SHORTEST_PAUSE_MS = 1_000

/**
 * `POST /api/jobs?action=process` takes the deliveries of a push queue. The queue backend verifies a delivery before this
 * code runs. If workers pull, the action answers 404.
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
  async ({ request, worker, maintenance, delivery, publisher, logger, traceId }) => {
    if ('tick' in request) {
      await maintenance.pass({ minIntervalMs: 0 })
      await delivery?.settled()
      return { body: { outcome: 'ticked' satisfies ProcessOutcome } }
    }

    const { taskId } = request
    const claim = await worker.process(taskId)
    // The platform may freeze this process after the answer. The task has ended, and its slot is free.
    await delivery?.settled()
    const outcome = OUTCOMES[claim.outcome]
    logger.debug(`Processed a delivery: ${outcome}`, { taskId, traceId })
    // The queue must deliver again while another worker holds the lease, because that worker may die.
    if (claim.outcome === 'busy')
      throw new TaskError('task_busy', 'Another worker is busy with this task. Deliver again later.', {
        retryAfterMs: Math.max(SHORTEST_PAUSE_MS, claim.leaseMs),
      })
    // This message is consumed, and a timer would not outlive the request, so a new message is needed.
    if (claim.outcome === 'early')
      await publisher.publish([{ taskId, priority: deliveryPriority('normal', 0), delayMs: claim.dueInMs }])
    return { body: { outcome } }
  },
)
