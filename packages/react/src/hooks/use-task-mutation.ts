'use client'

import type { TaskError } from '@brandkit/core'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { useTaskContext } from '../provider/use-task-context.js'

/**
 * A mutation that the user asks for, sent once and immediately. It fails at once when offline, because waiting for the
 * network is the outbox's job, and only creates go through the outbox.
 */
export function useTaskMutation<Output, Input>(
  mutationFn: (input: Input) => Promise<Output>,
): UseMutationResult<Output, TaskError, Input> {
  const { queryClient } = useTaskContext()
  return useMutation<Output, TaskError, Input>({ mutationFn, networkMode: 'always', retry: false }, queryClient)
}
