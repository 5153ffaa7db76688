import type { TaskHints } from '@brandkit/core'
import type { Expecting } from '../estimating/expectation.js'
import type { StreamedTask } from './streamed-task.js'

/** The hints that one reader has received for its active tasks. */
export interface StreamHints {
  /** Notes that the task was sent. Its reader gets hints from now until the task ends. */
  sent(task: StreamedTask): void
  /** Whether an active task has no hint yet, or has a new status since its last hint. */
  readonly isCurious: boolean
  expecting(): Iterable<Expecting>
  /** Returns the hints that differ from the last ones, as JSON by task id; null if all are the same. */
  takeNews(hints: Readonly<Record<string, TaskHints>>): string | null
  clear(): void
}

/** How many active tasks get hints at most. People with more tasks hardly look at single ones. */
const MOST_TOLD = 1_000

export function createStreamHints(): StreamHints {
  const underWay = new Map<string, { expecting: Expecting; told: string }>()
  let isCurious = false

  return {
    sent({ taskId, isOver, expecting }) {
      const known = underWay.get(taskId)
      if (isOver) underWay.delete(taskId)
      else if (known || underWay.size < MOST_TOLD) {
        isCurious ||= known?.expecting.status !== expecting.status
        underWay.set(taskId, { expecting, told: known?.told ?? NOTHING })
      }
    },
    get isCurious() {
      return isCurious
    },
    *expecting() {
      for (const { expecting } of underWay.values()) yield expecting
    },
    takeNews(hints) {
      isCurious = false
      const news: string[] = []
      for (const [taskId, entry] of underWay) {
        // An empty hint withdraws an estimate that is no longer possible.
        const hint = JSON.stringify(hints[taskId] ?? {})
        if (hint === entry.told) continue
        entry.told = hint
        news.push(`${JSON.stringify(taskId)}:${hint}`)
      }
      return news.length === 0 ? null : `{${news.join(',')}}`
    },
    clear: () => underWay.clear(),
  }
}

const NOTHING = '{}'
