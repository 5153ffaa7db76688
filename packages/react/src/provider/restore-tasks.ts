import type { TaskWire } from '@brandkit/client'
import type { TaskFilter, TaskJson } from '@brandkit/core'

/** How far back ended tasks are shown after a reload. */
const RECENT_MS = 24 * 60 * 60_000
const MOST_PAGES = 10

interface RestoreOptions {
  wire: TaskWire
  /** Milliseconds since the epoch. */
  now: number
  signal: AbortSignal
}

/** What happened while nobody looked: the active tasks, and those that ended in the last 24 hours. */
export async function restoreTasks({ wire, now, signal }: RestoreOptions): Promise<TaskJson[]> {
  const [active, ended] = await Promise.all([
    listAll(wire, { status: ['queued', 'processing'], limit: 100 }, signal),
    wire.list({ endedAfter: new Date(now - RECENT_MS), limit: 50 }, { signal }),
  ])
  return [...active, ...ended.tasks]
}

async function listAll(wire: TaskWire, filter: TaskFilter, signal: AbortSignal): Promise<TaskJson[]> {
  const tasks: TaskJson[] = []
  let cursor: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const reply: Awaited<ReturnType<TaskWire['list']>> = await wire.list(
      { ...filter, ...(cursor && { cursor }) },
      { signal },
    )
    tasks.push(...reply.tasks)
    cursor = reply.nextCursor
    if (cursor === null) break
  }
  return tasks
}
