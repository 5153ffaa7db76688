import { LIMITS } from '@brandkit/core'
import { toTaskJson } from '../../runtime/to-task-json.js'
import { accepted, ACCEPTED_HEADERS, CREATE_ERRORS, RATE_HEADERS } from '../accepted.js'
import { defineAction } from '../define-action.js'

/** The largest body, in bytes: enough for a full batch of average payloads. Each payload also has its own limit. */
const MAX_BYTES = 8 * LIMITS.payloadBytes

/** `POST /api/jobs?action=create` stores a task, or a whole batch or none of it, and answers before the work is done. */
export const createTask = defineAction(
  'create',
  {
    maxBytes: MAX_BYTES,
    id: 'createTask',
    summary: 'Create one task, or up to 100 as a batch',
    description:
      'Stores the work and gives control back at once. A batch is created whole or not at all. `priority` and `maxRetries` are requests: the lowest of request, caller’s ceiling and type’s ceiling wins. Under one `Idempotency-Key` the same body creates once, and a repetition answers with what was created first. Of some types only one task may be under way for each key that the server makes: the answer is then the task under way, or 409 `already_under_way`, or a new task that replaces it.',
    headers: ['Idempotency-Key'],
    anyHeaders: RATE_HEADERS,
    replies: {
      202: {
        description: 'Accepted: the work itself is still to come.',
        headers: ACCEPTED_HEADERS,
      },
    },
    errors: [...CREATE_ERRORS, 'idempotency_key_reused'],
  },
  async ({ request, principal, scope, creator, createRate, estimates, headers, replyHeaders, traceId }) => {
    const quota = await createRate(principal, 'tasks' in request ? request.tasks.length : 1)
    Object.assign(replyHeaders, quota.headers)
    const options = {
      scope,
      traceId,
      traceparent: headers.get('traceparent'),
      idempotencyKey: headers.get('idempotency-key') ?? undefined,
      refusal: quota.refusal,
    }
    if ('tasks' in request) {
      const { batchId, tasks } = await creator.createBatch(principal, request.tasks, options)
      return accepted({ batchId, tasks: tasks.map(toTaskJson) }, `batchId=${batchId}`, estimates.expectAtOnce(tasks))
    }
    const task = await creator.create(principal, request, options)
    return accepted({ task: toTaskJson(task) }, `taskId=${task.taskId}`, estimates.expectAtOnce([task]))
  },
)
