import { LIMITS, TaskError } from '@brandkit/core'
import type { TaskScope } from '../principal.js'
import type { StoredTask, TaskStore } from '../store/task-store.js'

/**
 * The tasks of a batch that the scope may see, newest first: as many as were created together, and their retries.
 *
 * @throws TaskError `batch_not_found` when there is none, or all are somebody else's
 */
export async function readBatch(
  batchId: string,
  scope: TaskScope,
  { store }: { store: Pick<TaskStore, 'list'> },
): Promise<StoredTask[]> {
  const all: StoredTask[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<TaskStore['list']>> = await store.list(
      { batchId, limit: LIMITS.tasksPerRequest, ...(cursor !== null && { cursor }) },
      scope,
    )
    all.push(...page.tasks)
    cursor = page.nextCursor
  } while (cursor !== null)
  if (all.length > 0) return all
  throw new TaskError('batch_not_found', 'There is no such batch. It may belong to another account.')
}
