import { TaskError, type TaskReference } from '@brandkit/core'
import { isInScope } from '../principal.js'
import type { NewStoredTask } from './task-store.js'

/** How a create meets the tasks that are under way. */
export interface UniquePlan {
  insert: NewStoredTask[]
  /** The ids of tasks that are cancelled first. */
  replaced: string[]
  /** For each task of the create: the id of the task that answers it. */
  answers: string[]
  /** What the inserted tasks wait for. */
  awaiting?: Awaiting
}

export interface Awaiting {
  /** The tasks that an inserted one waits for, by the id of the inserted one. */
  waitsFor: ReadonlyMap<string, TaskReference[]>
  /** The ids of inserted tasks for which others of the same create wait. */
  awaited: ReadonlySet<string>
}

/** Names the place that only one task under way can have. */
export function placeOf({
  tenantId,
  type,
  unique,
}: Pick<NewStoredTask, 'tenantId' | 'type' | 'unique'>): string | null {
  return unique ? JSON.stringify([tenantId, type, unique.key]) : null
}

/**
 * Decides about each task of a create. Nothing may change between the look at `underWay` and the insert.
 *
 * @param underWay the queued and running tasks at the places of the new ones
 * @throws TaskError `already_under_way`
 */
export function planUnique(
  tasks: readonly NewStoredTask[],
  underWay: ReadonlyMap<string, Known & Pick<NewStoredTask, 'tenantId' | 'userId' | 'brandId'>>,
): UniquePlan {
  const plan: UniquePlan = { insert: [], replaced: [], answers: [] }
  const taken = new Map<string, Known>()
  const answered = new Map<string, TaskReference>()
  for (const task of tasks) {
    const place = placeOf(task)
    const answer = place === null ? null : answerOf(task, place)
    plan.answers.push(answer?.taskId ?? task.taskId)
    if (answer) {
      answered.set(task.taskId, { taskId: answer.taskId, title: answer.title })
      continue
    }
    plan.insert.push(withAnswers(task, answered))
    if (place !== null) taken.set(place, task)
  }
  return plan

  /** The task that answers instead of the new one. Null: the new one is inserted. */
  function answerOf({ unique }: NewStoredTask, place: string): Known | null {
    if (!unique) return null
    const sibling = taken.get(place)
    if (sibling !== undefined) {
      // A batch is created whole or not at all, so none of its tasks can end another one.
      if (unique.onConflict !== 'return') throw repeatedInBatch()
      return sibling
    }
    const current = underWay.get(place)
    if (!current) return null
    if (!isInScope(current, unique.scope)) throw alreadyUnderWay()
    if (unique.onConflict === 'refuse') throw alreadyUnderWay(current.taskId)
    if (unique.onConflict === 'return') return current
    plan.replaced.push(current.taskId)
    return null
  }
}

type Known = Pick<NewStoredTask, 'taskId' | 'title'>

/** A task that follows another one of its batch follows the task that answers that one. */
function withAnswers(task: NewStoredTask, answered: ReadonlyMap<string, TaskReference>): NewStoredTask {
  if (!task.after || answered.size === 0) return task
  return { ...task, after: task.after.map((reference) => answered.get(reference.taskId) ?? reference) }
}

/** Why a task was cancelled, as its owner sees it. */
export const REPLACED = 'A newer task has taken the place of this one.'

/** @param taskId the task under way, if the caller may see it */
export function alreadyUnderWay(taskId?: string, cause?: unknown): TaskError {
  return new TaskError(
    'already_under_way',
    taskId === undefined
      ? 'This work is under way already, and was started by somebody else. Try again when it has ended.'
      : `This work is under way already, as task ${taskId}. Wait for its end, or cancel it, and try again.`,
    { taskId, cause },
  )
}

function repeatedInBatch(): TaskError {
  return new TaskError(
    'already_under_way',
    'Two tasks of the batch are the same work, of which only one may be under way. Leave one out.',
  )
}
