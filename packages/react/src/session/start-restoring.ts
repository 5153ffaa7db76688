import { isPageHidden, onPageRest, onPageWake, stopAll } from '@brandkit/client/page'
import type { TaskWire } from '@brandkit/client'
import { describeError, type TaskSummaryJson, type TaskLogger } from '@brandkit/core'
import { restoreTasks } from './restore-tasks.js'
import type { TaskSession } from './task-session.js'
import type { Visits } from './visits.js'

interface RestoringOptions {
  wire: Pick<TaskWire, 'list'>
  visits: Visits
  isOwn: TaskSession['isOwn']
  now: () => number
  logger: TaskLogger
  onRestored: (tasks: TaskSummaryJson[]) => void
}

/**
 * Lists once, when the page is first visible, what happened while the user was away. Returns the function that stops
 * it.
 */
export function startRestoring({ wire, visits, isOwn, now, logger, onRestored }: RestoringOptions): () => void {
  const abort = new AbortController()
  const { signal } = abort
  let isDone = false

  async function restore(): Promise<void> {
    if (isDone || isPageHidden()) return
    // Set before the reply arrives, so that two events make one request.
    isDone = true
    try {
      const tasks = await restoreTasks({ wire, isOwn, now: now(), lastVisitAt: visits.lastAt(), signal })
      if (!signal.aborted) onRestored(tasks)
    } catch (error) {
      // The next wake-up tries again; the tasks are safe on the server.
      isDone = false
      if (!signal.aborted) logger.scope('TaskContext').warn(`Could not restore tasks: ${describeError(error)}`)
    }
  }

  // The delay is for StrictMode, which starts, stops and starts again, and must not cause two requests.
  const timer = setTimeout(() => void restore(), 0)
  return stopAll(
    () => clearTimeout(timer),
    onPageWake(() => void restore()),
    onPageRest(() => visits.end()),
    () => abort.abort(),
  )
}
