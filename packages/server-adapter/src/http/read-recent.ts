import { isTerminal, LIMITS, TASK_STATUSES } from '@brandkit/core'
import type { Clock } from '../clock.js'
import type { TaskScope } from '../principal.js'
import type { ListFilter, StoredTask, TaskStore } from '../store/task-store.js'

/** Of either kind. A client reads the status of a task that it follows and that is not among them. */
const MOST_TASKS = 1_000

const ACTIVE = TASK_STATUSES.filter((status) => !isTerminal(status))

/**
 * What a stream begins with: the tasks that are under way and, after them, those that ended within
 * `LIMITS.snapshotMinutes`; of each the newest thousand. A task that ends between the two reads is in the second.
 */
export async function readRecent(
  scope: TaskScope,
  { store, clock }: { store: Pick<TaskStore, 'list'>; clock: Clock },
): Promise<StoredTask[]> {
  const active = await readSome({ status: ACTIVE }, scope, store)
  const endedAfter = new Date(clock.now() - LIMITS.snapshotMinutes * 60_000).toISOString()
  const ended = await readSome({ endedAfter }, scope, store)
  return [...new Map([...active, ...ended].map((task) => [task.taskId, task])).values()]
}

async function readSome(
  filter: Omit<ListFilter, 'limit' | 'cursor'>,
  scope: TaskScope,
  store: Pick<TaskStore, 'list'>,
): Promise<StoredTask[]> {
  const all: StoredTask[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<TaskStore['list']>> = await store.list(
      { ...filter, limit: LIMITS.tasksPerRequest, ...(cursor !== null && { cursor }) },
      scope,
    )
    all.push(...page.tasks)
    cursor = page.nextCursor
  } while (cursor !== null && all.length < MOST_TASKS)
  return all
}
