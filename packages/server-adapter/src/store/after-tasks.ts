import { isTerminal, TaskError, type TaskReference, type TaskStatus } from '@brandkit/core'

/** What is known of an earlier task. */
interface Earlier {
  status: TaskStatus
  /** Present once its content is removed. */
  purgedAt?: unknown
}

/** The due time that is stored for a task while it waits for others. Its release brings the time forward. */
export const NOT_YET = '5000-01-01T00:00:00.000Z'

/** What an earlier task means for one that follows it. `lost`: it has not completed and will not, or its result is gone. */
export type EarlierState = 'completed' | 'under way' | 'lost'

export function stateOfEarlier(task: Earlier | undefined): EarlierState {
  if (!task || task.purgedAt !== undefined) return 'lost'
  if (!isTerminal(task.status)) return 'under way'
  return task.status === 'completed' ? 'completed' : 'lost'
}

/** The sentence for a task that cannot follow another one. A task of an erased user has no title. */
export function sayNotCompleted({ title }: Pick<TaskReference, 'title'>): string {
  const name = title === '' ? 'An earlier task' : `“${title}”`
  return `${name} was needed first, and did not complete.`
}

/** @param lost the earlier task; undefined if no such task is stored any more */
export function dependencyFailed(reference: TaskReference, lost: Earlier | undefined): TaskError {
  const isEmptied = lost?.status === 'completed' && lost.purgedAt !== undefined
  const reason = isEmptied ? sayEmptied(reference) : sayNotCompleted(reference)
  return new TaskError('dependency_failed', `${reason} Start that one again, and then this one.`, {
    taskId: reference.taskId,
  })
}

function sayEmptied({ title }: TaskReference): string {
  return `“${title}” is needed first, and its result was removed.`
}
