import { TaskError, type TaskReference } from '@brandkit/core'

/** The due time that is stored for a task while it waits for others. Its release brings the time forward. */
export const NOT_YET = '5000-01-01T00:00:00.000Z'

/** The sentence for a task that cannot follow another one. */
export function sayNotCompleted({ title }: Pick<TaskReference, 'title'>): string {
  return `“${title}” was needed first, and did not complete.`
}

export function dependencyFailed(reference: TaskReference): TaskError {
  return new TaskError('dependency_failed', `${sayNotCompleted(reference)} Start that one again, and then this one.`, {
    taskId: reference.taskId,
  })
}
