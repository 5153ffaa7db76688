import {
  CANCEL_OUTCOMES,
  type CancelTasksResponse,
  type GetBatchResponse,
  type GetStatusesResponse,
  isJsonObject,
  TASK_STATUSES,
  type TaskHints,
  type TaskJson,
} from '@brandkit/core'

// A light look at the parts that following a task depends on. The schemas would say more, and weigh 25 kB in a browser.
// Each function throws a TypeError, which `send` turns into `invalid_response`.

export function readTask(reply: unknown): TaskJson {
  return toTaskJson(toObject(reply)['task'])
}

export function readCreatedBatch(reply: unknown): { batchId: string; tasks: TaskJson[] } {
  const { batchId, tasks } = toObject(reply)
  return { batchId: toText(batchId), tasks: toTasks(tasks) }
}

export function readStatuses(reply: unknown): GetStatusesResponse {
  const { missing, pollAfterMs } = toObject(reply)
  return {
    ...readNews(reply),
    missing: toList(missing).map(toText),
    ...(typeof pollAfterMs === 'number' && pollAfterMs >= 0 && { pollAfterMs }),
  }
}

export function readBatch(reply: unknown): GetBatchResponse['batch'] {
  const batch = toObject(toObject(reply)['batch'])
  toText(batch['batchId'])
  assert(isStatus(batch['status']) && isNumber(batch['total']) && isNumber(batch['progress']), 'a summary')
  toObject(batch['counts'])
  return batch as unknown as GetBatchResponse['batch']
}

export function readPage(reply: unknown): { tasks: TaskJson[]; nextCursor: string | null } {
  const { tasks, nextCursor } = toObject(reply)
  return { tasks: toTasks(tasks), nextCursor: nextCursor === null ? null : toText(nextCursor) }
}

export function readOutcomes(reply: unknown): CancelTasksResponse['outcomes'] {
  const outcomes = toList(toObject(reply)['outcomes'])
  for (const entry of outcomes) {
    const { taskId, outcome } = toObject(entry)
    toText(taskId)
    assert(CANCEL_OUTCOMES.includes(outcome as never), 'an outcome')
  }
  return outcomes as CancelTasksResponse['outcomes']
}
