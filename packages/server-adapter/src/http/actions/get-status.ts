import { toTaskBatch } from '@brandkit/core'
import type { Protocol } from '@brandkit/core/schemas'
import type * as z from 'zod'
import type { TaskScope } from '../../principal.js'
import { toTaskJson } from '../../runtime/to-task-json.js'
import type { StoredTask } from '../../store/task-store.js'
import { awaitNews } from '../await-news.js'
import { type ActionServices, defineAction } from '../define-action.js'
import { isNamedBy, toEntityTag } from '../entity-tag.js'
import { findTask } from '../find-task.js'
import { readBatch } from '../read-many.js'
import { toRetryAfter } from '../to-answer.js'

/**
 * `GET /api/jobs?action=status` reads one task, up to 100, or a batch as a whole. With `If-None-Match` it answers 304 if
 * nothing is new. With `wait` too, it delays that 304 for up to `wait` seconds, and answers earlier if something changes.
 */
export const getStatus = defineAction(
  'status',
  {
    id: 'getStatus',
    summary: 'Read one task, up to 100, or a batch as a whole',
    description:
      'Takes exactly one of `taskId`, `taskIds` (comma-separated) and `batchId`. With `wait` and `If-None-Match` the answer is held back until something is newer.',
    headers: ['If-None-Match'],
    replies: {
      200: {
        description: 'The facts, and hints beside them.',
        headers: ['ETag'],
        optionalHeaders: ['Retry-After'],
      },
      304: { description: 'Nothing is newer.', headers: ['ETag'], optionalHeaders: ['Retry-After'] },
    },
    errors: ['task_not_found', 'batch_not_found', 'task_gone', 'content_unreadable'],
  },
  async ({ request, headers, signal, scope, store, changes, clock, closing, estimates }) => {
    const read = () => readStatus(request, scope, { store })
    const ifNoneMatch = headers.get('if-none-match')
    const isNews = ({ tasks }: StatusReading) => !isNamedBy(ifNoneMatch, toEntityTag(tasks))

    const waitMs = (request.wait ?? 0) * 1_000
    const reading =
      waitMs > 0 && ifNoneMatch !== null
        ? await awaitNews(read, isNews, {
            changes,
            clock,
            scope,
            taskIds: idsOf(request),
            waitMs,
            signals: [signal(), closing],
          })
        : await read()

    const { hints, pollAfterMs } = await estimates.expect(reading.tasks)
    const etag = toEntityTag(reading.tasks)
    const replyHeaders = { etag, ...toRetryAfter(pollAfterMs) }
    if (isNamedBy(ifNoneMatch, etag)) return { status: 304, headers: replyHeaders, body: null }
    return {
      headers: replyHeaders,
      body: {
        ...reading.body,
        ...(Object.keys(hints).length > 0 && { hints }),
        ...(pollAfterMs !== undefined && { pollAfterMs }),
      },
    }
  },
)

type StatusRequest = z.output<Protocol['status']['request']>

interface StatusReading {
  /** The tasks in the answer. Their versions make its entity tag. */
  tasks: readonly StoredTask[]
  body: object
}

async function readStatus(
  request: StatusRequest,
  scope: TaskScope,
  { store }: Pick<ActionServices, 'store'>,
): Promise<StatusReading> {
  if ('taskId' in request) {
    const task = await findTask(request.taskId, scope, { store })
    return { tasks: [task], body: { task: toTaskJson(task) } }
  }

  if ('batchId' in request) {
    const tasks = await readBatch(request.batchId, scope, { store })
    return { tasks, body: { batch: toTaskBatch(request.batchId, tasks) } }
  }

  const found = await store.find(request.taskIds, scope, { without: 'payload' })
  // A tombstone has nothing to read, so it counts as missing here. A request for that task alone answers 410.
  const tasks = found.filter(({ purgedAt }) => purgedAt === undefined)
  const ids = new Set(tasks.map(({ taskId }) => taskId))
  const missing = request.taskIds.filter((taskId) => !ids.has(taskId))
  return { tasks, body: { tasks: tasks.map(toTaskJson), missing } }
}

/** The ids that a request names; undefined for a batch, because retries add tasks to a batch. */
function idsOf(request: StatusRequest): readonly string[] | undefined {
  if ('taskId' in request) return [request.taskId]
  return 'taskIds' in request ? request.taskIds : undefined
}
