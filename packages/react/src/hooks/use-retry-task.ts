'use client'

import type { BackgroundTask, RetryFrom, TaskError } from '@brandkit/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTaskMutation } from './use-task-mutation.js'

/** A task's id, or the id with the place where its retry begins. */
export type RetryTask = string | { taskId: string; from?: RetryFrom | undefined }

/**
 * Does the work of a failed or cancelled task again, by its id, and keeps what is finished. `{ taskId, from: 'start' }` keeps
 * nothing. `{ taskId, from: { step } }` does that step and the later ones again, also of a completed task. Returns the new task,
 * which is followed to its end and takes the old task's place in the panel. The call is idempotent: a second one with the same
 * `from` returns the same new task.
 */
export function useRetryTask(): UseMutationResult<BackgroundTask, TaskError, RetryTask> {
  const { session } = useTaskContext()
  return useTaskMutation((input: RetryTask) =>
    typeof input === 'string' ? session.retry(input) : session.retry(input.taskId, input.from),
  )
}
