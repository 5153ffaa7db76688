import type { TaskWire } from '@brandkit/client'
import { type TaskFilter, type TaskSummaryJson } from '@brandkit/core'
import * as LIMITS from '@brandkit/core/limits'

/** A page could not show a list of more than 1,000 tasks. */
const MOST_PAGES = 10

/** Lists all matching tasks, from up to ten pages, or as many pages as `isEnough` asks for. */
export async function listAll(
  wire: Pick<TaskWire, 'list'>,
  filter: TaskFilter,
  signal: AbortSignal,
  isEnough?: (tasks: readonly TaskSummaryJson[]) => boolean,
): Promise<TaskSummaryJson[]> {
  const tasks: TaskSummaryJson[] = []
  let cursor: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const reply: Awaited<ReturnType<TaskWire['list']>> = await wire.list(
      { ...filter, limit: LIMITS.tasksPerRequest, ...(cursor && { cursor }) },
      { signal },
    )
    tasks.push(...reply.tasks)
    cursor = reply.nextCursor
    if (cursor === null || isEnough?.(tasks)) break
  }
  return tasks
}
