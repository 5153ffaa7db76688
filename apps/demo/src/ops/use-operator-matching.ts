import type { MatchingCount, MatchingProgress } from '@brandkit/client'
import type { MatchingAction, TaskConditions, TaskError } from '@brandkit/core'
import type { UseActOnMatchingResult } from '@brandkit/react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { operatorService } from '../network/task-service.ts'
import { OPERATIONS } from './use-operations.ts'

/** What `useActOnMatching` is for a user's own tasks, for those of the whole company. */
export function useOperatorMatching(action: MatchingAction): UseActOnMatchingResult {
  const queryClient = useQueryClient()
  const [progress, setProgress] = useState<MatchingProgress | null>(null)
  const count = useMutation<MatchingCount, TaskError, TaskConditions>({
    mutationFn: (filter) => operatorService.countMatchingTasks(action, filter),
    networkMode: 'always',
  })
  const act = useMutation<MatchingProgress, TaskError, TaskConditions>({
    mutationFn: (filter) => operatorService.actOnMatchingTasks(action, filter, { onProgress: setProgress }),
    networkMode: 'always',
    onMutate: () => setProgress(null),
    onSettled: () => queryClient.invalidateQueries({ queryKey: OPERATIONS }),
  })
  return { count, act, progress }
}
