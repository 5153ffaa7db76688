'use client'

import { isTerminal, type TaskError, type TaskStatus } from '@brandkit/core'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { useOperations } from './operations-context.js'

/** What can be done to a task: `null` for completed ones. */
export function actOf(status: TaskStatus): 'cancel' | 'retry' | null {
  if (status === 'completed') return null
  return isTerminal(status) ? 'retry' : 'cancel'
}

/** Cancels or retries one task of any owner, and reads the page again. */
export function useAct(): UseMutationResult<unknown, TaskError, { taskId: string; act: 'cancel' | 'retry' }> {
  const { wire, queryClient } = useOperations()
  const readAgain = useReadAgain()
  return useMutation<unknown, TaskError, { taskId: string; act: 'cancel' | 'retry' }>(
    {
      mutationFn: async ({ taskId, act }) => wire[act](taskId),
      networkMode: 'always',
      retry: false,
      onSettled: readAgain,
    },
    queryClient,
  )
}

/** Reads everything that the page shows again, after an act. */
export function useReadAgain(): () => Promise<void> {
  const { queryClient, key } = useOperations()
  return () => queryClient.invalidateQueries({ queryKey: key })
}
