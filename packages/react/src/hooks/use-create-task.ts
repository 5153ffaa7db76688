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
import type { KeptTask } from '../session/kept-task.js'
import { useEffect, useRef, useSyncExternalStore } from 'react'
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
  /**
   * The failed task from whose payload this one was made, after an edit: it leaves the panel for the new one. Default: none.
   */
  replaces?: string | undefined
  /** 32 hex digits that connect this click with all work that follows from it. Default: a fresh id. */
  traceId?: string | undefined
}

export type UseCreateTaskResult<T extends TaskType = TaskType> = UseMutationResult<
  BackgroundTask<T> | KeptTask<T>,
  TaskError,
  NewTask<T>
> & {
  /** The latest task that was created, in its current state. A kept one is here as soon as it was sent. */
  task?: BackgroundTask<T> | undefined
}

/**
 * Creates tasks of one type. The page follows them to their end, even after the component is unmounted.
 *
 * Without a connection, or while the user is signed out, the create is kept: the mutation succeeds with `status: 'kept'`,
 * and the task is sent once as soon as that is possible. An equal create is the same task until the first one has its
 * answer, so a second click on a form makes no second task. A refusal that comes after the component was unmounted is told
 * by panel and toast.
 *
 * @example const plan = useCreateTask('GENERATE_MEDIA_PLAN'); plan.mutate({ payload }); plan.task?.progress
 */
export function useCreateTask<T extends TaskType>(type: T): UseCreateTaskResult<T> {
  const { session, brandId: brandOfProvider } = useTaskContext()

  const isMounted = useRef(false)
  useEffect(() => {
    isMounted.current = true
    return () => {
      isMounted.current = false
    }
  }, [])

  const mutation = useTaskMutation(async ({ brandId = brandOfProvider, traceId, replaces, ...input }: NewTask<T>) => {
    // Users may see the message, and developers see what TaskProvider lacks.
    if (brandId === undefined) throw new TaskError('invalid_request', 'Pick a brand first.')
    const created = await session.create({ ...input, type, brandId } as CreateTask, {
      traceId,
      isHeard: () => isMounted.current,
    })
    if (replaces !== undefined) session.dismiss(replaces)
    return created as BackgroundTask<T> | KeptTask<T>
  })
  const { data } = mutation
  const { registry } = session
  // Another tab may send it, so only the trace id connects the two.
  const findId = () =>
    data?.status === 'kept'
      ? registry.tasks().find((task) => task.traceId === data.traceId && task.type === type)?.taskId
      : data?.taskId
  const taskId = useSyncExternalStore(registry.subscribe, findId, findId)
  const { data: task } = useTask<T>(taskId as TaskId<T> | undefined)
  return { ...mutation, task }
}
