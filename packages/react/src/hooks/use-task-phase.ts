'use client'

import { phaseOf, type TaskPhase, type TaskSummary } from '@brandkit/core'
import { phaseText } from '../labels/phase-text.js'
import { useAtTime } from '../provider/use-at-time.js'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTranslate } from '../provider/use-translate.js'

export interface UseTaskPhaseResult {
  /** What the task does now, finer than its status. */
  phase: TaskPhase
  /** The same in the words and the language of the components: "Waiting", "Starts in 40 min", the title of the step. */
  label: string
}

/**
 * The phase of a task and its words, for rows and pages of your own: they say what panel and toasts say. Renders when the words
 * change, also by time alone.
 *
 * @example const { phase, label } = useTaskPhase(task); return <span data-phase={phase}>{label}</span>
 */
export function useTaskPhase(task: TaskSummary): UseTaskPhaseResult {
  const translate = useTranslate()
  const { session, nameOf } = useTaskContext()
  const { userId, cancelledBy = userId } = task
  const isPlain = cancelledBy === userId || session.isOwn({ userId: cancelledBy })
  const canceller = isPlain ? undefined : (nameOf?.(cancelledBy) ?? null)

  return useAtTime((now) => {
    // Without a clock the phase is the one of the last change, which is the same on the server and in the page.
    const phase = phaseOf(task, now ?? task.updatedAt.getTime())
    return { phase, label: phaseText(task, { phase, now, translate, canceller }) }
  })
}
