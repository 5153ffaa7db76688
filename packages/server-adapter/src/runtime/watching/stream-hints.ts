import type { TaskHints } from '@brandkit/core'
import type { Expecting } from '../estimating/expectation.js'
import type { StreamedTask } from './streamed-task.js'

/** What one reader was told to expect of the tasks that are under way. */
export interface StreamHints {
  /** The task was sent: from now on, and until it is over, its reader wants to know how long it will take. */
  sent(task: StreamedTask): void
  /** Whether a task is under way without a guess so far. */
  readonly isCurious: boolean
  expecting(): Iterable<Expecting>
  /** What is different from what was told before, as JSON by task id; null when nothing is. */
  takeNews(hints: Readonly<Record<string, TaskHints>>): string | null
  clear(): void
}

/** Most tasks under way that hints are told of: a person who has more looks at none of them closely. */
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
        // A guess that cannot be made any more is taken back.
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
