'use client'

import type { TaskError } from '@brandkit/core'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'

/**
 * A change that the user asks for, sent once and at once. Offline it fails at once as well: waiting silently for the network is
 * the outbox's task, and only creates go through that.
 */
export function useTaskMutation<Output, Input>(
  mutationFn: (input: Input) => Promise<Output>,
): UseMutationResult<Output, TaskError, Input> {
  const { queryClient } = useTaskContext()
  return useMutation<Output, TaskError, Input>({ mutationFn, networkMode: 'always', retry: false }, queryClient)
}
