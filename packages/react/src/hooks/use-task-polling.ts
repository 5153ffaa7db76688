'use client'

import type { BackgroundTask, BackoffPolicy, TaskError, TaskId, TaskType } from '@brandkit/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTask } from './use-task.js'

export interface UseTaskPollingOptions {
  /** How the time between two reads grows. Make the object once, outside the component. Default 1 s to 30 s. */
  backoff?: BackoffPolicy | undefined
}

/**
 * Reads one task and follows it to its end. `null` follows nothing, and the id may change at any time.
 *
 * The hook only registers its interest; the provider's follower schedules the reads of all tasks.
 */
export function useTaskPolling<T extends TaskType = TaskType>(
  taskId: TaskId<T> | null | undefined,
  { backoff }: UseTaskPollingOptions = {},
): UseQueryResult<BackgroundTask<T>, TaskError> {
  const { session } = useTaskContext()

  useEffect(() => {
    if (!taskId) return undefined
    return session.follow(taskId, { backoff })
  }, [session, taskId, backoff])

  const query = useTask(taskId)
  const known = query.data
  useEffect(() => {
    // The follower would otherwise read again what this hook has just read.
    if (known) session.follower.receive(known)
  }, [session, known])
  return query
}
