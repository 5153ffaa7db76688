import { type RetryFrom, type TaskDefinition, TaskError, toPrintable } from '@brandkit/core'
import { isDeepEqual } from '../../platform.js'
import type { NewStoredTask, StoredTask } from '../../store/task-store.js'
import { shareOf } from '../step-share.js'

/** What a new task keeps of the one that it repeats. */
type Kept = Pick<NewStoredTask, 'takeOver' | 'keysOf'>

/**
 * Decides what a retry keeps. Outputs fit only what they were made of: a payload that today's catalog reads otherwise begins
 * at the start, and so does a task that now follows others.
 *
 * @throws TaskError `invalid_request` for a step that the catalog lacks
 */
export function planRetry(
  ended: StoredTask,
  task: NewStoredTask,
  { definition, from = 'checkpoint' }: { definition: TaskDefinition; from?: RetryFrom | undefined },
): Kept {
  const steps = stepsBefore(from, definition)
  if (!isSameWork(ended, task)) return {}
  // A provider that has answered a lost call answers it again without a second charge. A retry that is told to do something
  // anew draws new keys: the old ones would give the old answers.
  const keysOf = from === 'checkpoint' ? (ended.keysOf ?? ended.taskId) : undefined
  const finished = new Set(ended.steps.flatMap(({ key, status }) => (status === 'completed' ? [key] : [])))
  const begun = ended.steps.some(({ key, items }) => steps.includes(key) && (finished.has(key) || items?.done))
  if (!begun) return { keysOf }
  const progress =
    from === 'checkpoint'
      ? ended.progress
      : shareOf(definition, (key) => (steps.includes(key) && finished.has(key) ? 1 : 0))
  // A text is not divided by steps: a retry from a step cannot tell what was written before it.
  const text = from === 'checkpoint' && ended.textCursor !== undefined ? 'kept' : undefined
  return { keysOf, takeOver: { taskId: ended.taskId, steps, progress, text } }
}

/** The steps that may be taken over. */
function stepsBefore(from: RetryFrom, { steps }: TaskDefinition): string[] {
  const keys = Object.keys(steps)
  if (from === 'checkpoint') return keys
  if (from === 'start') return []
  const index = keys.indexOf(from.step)
  if (index >= 0) return keys.slice(0, index)
  throw new TaskError(
    'invalid_request',
    `There is no step "${toPrintable(from.step)}" to begin with. Known steps: ${keys.join(', ') || 'none'}.`,
  )
}

function isSameWork(ended: StoredTask, task: NewStoredTask): boolean {
  if (ended.typeVersion !== (task.typeVersion ?? 1)) return false
  return isDeepEqual(ended.after, task.after) && isDeepEqual(ended.payload, task.payload)
}
