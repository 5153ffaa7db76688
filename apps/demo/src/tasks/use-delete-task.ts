import type { TaskError } from '@brandkit/core'
import { useTaskContext } from '@brandkit/react'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { rememberDeleted } from './deleted-ids.ts'

/** Empties a task that has ended. */
export function useDeleteTask(): UseMutationResult<void, TaskError, string> {
  const { service } = useTaskContext()
  return useMutation({
    mutationFn: (taskId: string) => service.deleteTask(taskId),
    networkMode: 'always',
    onSuccess: (_nothing, taskId) => rememberDeleted(taskId),
  })
}
