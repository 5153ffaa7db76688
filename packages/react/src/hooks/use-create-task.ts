'use client'

import {
  type BackgroundTask,
  type CreateTask,
  type NewPayload,
  TaskError,
  type TaskId,
  type TaskPriority,
  type TaskType,
} from '@brandkit/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTaskMutation } from './use-task-mutation.js'
import { useTask } from './use-task.js'

/** The input of `mutate`. The hook sets the type, and the provider usually sets the brand. */
export interface NewTask<T extends TaskType = TaskType> {
  payload: NewPayload<T>
  /** Default: the provider's. */
  brandId?: string | undefined
  /** A request; the server may lower it. Default `normal`. */
  priority?: TaskPriority | undefined
  /** A request; the server may lower it. Default: the type's. */
  maxRetries?: number | undefined
  /** The earliest time to start. Default: now. */
  runAt?: Date | string | undefined
  /** Words to find the task again. Default: none. */
  tags?: readonly string[] | undefined
  /** 32 hex digits that connect this click with all work that follows from it. Default: a fresh id. */
  traceId?: string | undefined
}

export type UseCreateTaskResult<T extends TaskType = TaskType> = UseMutationResult<
  BackgroundTask<T>,
  TaskError,
  NewTask<T>
> & {
  /** The latest task that was created, in its current state. */
  task?: BackgroundTask<T> | undefined
}

/**
 * Creates tasks of one type. The page follows them to their end, even after the component is unmounted.
 *
 * @example const plan = useCreateTask('GENERATE_MEDIA_PLAN'); plan.mutate({ payload }); plan.task?.progress
 */
export function useCreateTask<T extends TaskType>(type: T): UseCreateTaskResult<T> {
  const { session, brandId: brandOfProvider } = useTaskContext()

  const mutation = useTaskMutation(async ({ brandId = brandOfProvider, traceId, ...input }: NewTask<T>) => {
    if (brandId === undefined) {
      throw new TaskError('invalid_request', 'A task needs a brandId: give one to TaskProvider or to mutate().')
    }
    return (await session.create({ ...input, type, brandId } as CreateTask, { traceId })) as BackgroundTask<T>
  })
  const { data: task } = useTask<T>(mutation.data?.taskId as TaskId<T> | undefined)
  return { ...mutation, task }
}
