import { type ProcessOutcome, processTaskSchema, TaskError } from '@brandkit/core'
import type { ClaimOutcome } from '../../store/task-store.js'
import { defineQueueAction } from '../define-action.js'

const OUTCOMES: Record<ClaimOutcome['outcome'], ProcessOutcome> = {
  claimed: 'done',
  early: 'early',
  busy: 'busy',
  over: 'over',
}

/**
 * `POST /api/jobs?action=process` is how a push queue delivers. The backend has verified the delivery before this runs;
 * where workers pull, the action does not exist.
 */
export const processTask = defineQueueAction(
  'process',
  { schema: processTaskSchema },
  async ({ request, worker, maintenance, logger, traceId }) => {
    if ('tick' in request) {
      await maintenance.pass({ minIntervalMs: 0 })
      return { body: { outcome: 'ticked' satisfies ProcessOutcome } }
    }

    const outcome = OUTCOMES[await worker.process(request.taskId)]
    logger.debug(`Processed a delivery: ${outcome}`, { taskId: request.taskId, traceId })
    // While another worker's lease lives, the queue shall ask again: should that worker die, somebody must look.
    if (outcome === 'busy')
      throw new TaskError('task_busy', 'Another worker is busy with this task. Deliver again later.', {
        retryAfterMs: 30_000,
      })
    return { body: { outcome } }
  },
)
