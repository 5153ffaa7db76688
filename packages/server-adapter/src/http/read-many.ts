import { isTerminal, LIMITS, TASK_STATUSES, TaskError } from '@brandkit/core'
import type { Clock } from '../clock.js'
import type { TaskScope } from '../principal.js'
import type { ListFilter } from '../store/list-filter.js'
import type { StoredTask, TaskStore } from '../store/task-store.js'

type Lists = { store: Pick<TaskStore, 'list'> }

/**
 * Reads all tasks of a batch that the scope may see, newest first, retries included.
 *
 * @throws TaskError `batch_not_found` when the scope may see no task of the batch
 */
export async function readBatch(batchId: string, scope: TaskScope, { store }: Lists): Promise<StoredTask[]> {
  const tasks = await readPages({ batchId }, scope, { store, most: Infinity })
  if (tasks.length > 0) return tasks
  throw new TaskError('batch_not_found', 'There is no such batch. It may belong to another account.')
}

/** Limit for active and for ended tasks each. Clients ask for the status of followed tasks beyond it. */
const MOST_RECENT = 1_000

const ACTIVE = TASK_STATUSES.filter((status) => !isTerminal(status))

/**
 * Reads the snapshot of a stream: active tasks, then tasks that ended within `LIMITS.snapshotMinutes`, the newest thousand
 * of each. If a task ends between the two reads, the snapshot has its ended version.
 */
export async function readRecent(scope: TaskScope, { store, clock }: Lists & { clock: Clock }): Promise<StoredTask[]> {
  const active = await readPages({ status: ACTIVE }, scope, { store, most: MOST_RECENT })
  const endedAfter = new Date(clock.now() - LIMITS.snapshotMinutes * 60_000).toISOString()
  const ended = await readPages({ endedAfter }, scope, { store, most: MOST_RECENT })
  return [...new Map([...active, ...ended].map((task) => [task.taskId, task])).values()]
}

/** Reads pages until the last page or until at least `most` tasks have been read. */
async function readPages(
  filter: Omit<ListFilter, 'limit' | 'cursor'>,
  scope: TaskScope,
  { store, most }: Lists & { most: number },
): Promise<StoredTask[]> {
  const all: StoredTask[] = []
  let cursor: string | undefined
  do {
    const page = await store.list({ ...filter, limit: LIMITS.tasksPerRequest, cursor }, scope)
    all.push(...page.tasks)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && all.length < most)
  return all
}
