import type { TaskWire } from '@brandkit/client'
import { type TaskSummaryJson } from '@brandkit/core'
import * as LIMITS from '@brandkit/core/limits'
import { listAll } from '../queries/list-all.js'
import type { TaskSession } from './task-session.js'

/** How far back ended tasks are shown after a reload. */
const RECENT_MS = 24 * 60 * 60_000

interface RestoreOptions {
  wire: Pick<TaskWire, 'list'>
  isOwn: TaskSession['isOwn']
  /** Milliseconds since the epoch. */
  now: number
  /** The end of the last visit, in milliseconds since the epoch. */
  lastVisitAt: number
  signal: AbortSignal
}

/**
 * Lists what happened while the user was away: the active tasks, and the user's own that ended since the last visit, of the
 * last 24 hours. Own failures appear at every visit, the first one included, until the user dismisses them or somewhere
 * starts them again.
 */
export async function restoreTasks({
  wire,
  isOwn,
  now,
  lastVisitAt,
  signal,
}: RestoreOptions): Promise<TaskSummaryJson[]> {
  // Colleagues may have ended more tasks than a page holds.
  const isEnough = (tasks: readonly TaskSummaryJson[]) => tasks.filter(isOwn).length >= LIMITS.tasksPerRequest
  const [active, ended] = await Promise.all([
    listAll(wire, { status: ['queued', 'processing'] }, signal),
    listAll(wire, { endedAfter: new Date(now - RECENT_MS) }, signal, isEnough),
  ])
  const retried = new Set([...active, ...ended].map(({ retryOf }) => retryOf))
  const isNews = (task: TaskSummaryJson) =>
    isOwn(task) &&
    (task.status === 'failed' ? !retried.has(task.taskId) : Date.parse(task.completedAt ?? '') > lastVisitAt)
  return [...active, ...ended.filter(isNews)]
}
