import { createTaskSchema, LIMITS } from '@brandkit/core'
import { toTaskJson } from '../../runtime/to-task-json.js'
import { defineAction } from '../define-action.js'

/** A full batch of payloads of reasonable size; each payload has its own limit besides. */
const MAX_BYTES = 8 * LIMITS.payloadBytes

/** `POST /api/jobs?action=create` stores a task (or a batch, whole or not at all) and gives control back at once. */
export const createTask = defineAction(
  'create',
  { schema: createTaskSchema, maxBytes: MAX_BYTES },
  async ({ request, principal, creator, createRate, headers, replyHeaders, traceId }) => {
    const quota = await createRate(principal, 'tasks' in request ? request.tasks.length : 1)
    for (const [name, value] of Object.entries(quota.headers)) replyHeaders.set(name, value)
    const options = {
      traceId,
      traceparent: headers.get('traceparent'),
      idempotencyKey: headers.get('idempotency-key') ?? undefined,
      refusal: quota.refusal,
    }
    if ('tasks' in request) {
      const { batchId, tasks } = await creator.createBatch(principal, request.tasks, options)
      return accepted(
        { batchId, tasks: tasks.map(toTaskJson) },
        `taskIds=${tasks.map(({ taskId }) => taskId).join(',')}`,
      )
    }
    const task = await creator.create(principal, request, options)
    return accepted({ task: toTaskJson(task) }, `taskId=${task.taskId}`)
  },
)

/** 202: the work itself is still to come (RFC 9110, section 15.3.3). */
function accepted(body: object, query: string) {
  return { status: 202, headers: { location: `?action=status&${query}`, 'retry-after': '1' }, body }
}
