'use client'

import { actOnAll, countAll } from '@brandkit/client/page'
import type { MatchingCount, MatchingPage, MatchingProgress } from '@brandkit/client'
import type { MatchingAction, TaskConditions, TaskError } from '@brandkit/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { useState } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { readListsAgain } from '../queries/read-lists-again.js'
import { useTaskMutation } from './use-task-mutation.js'

export interface UseActOnMatchingResult {
  /** Counts the tasks that `act` would take, for the question before it. Stops at about a thousand: `isMore`. */
  count: UseMutationResult<MatchingCount, TaskError, TaskConditions>
  /** Takes all tasks that match. What was done before an error stays done. */
  act: UseMutationResult<MatchingProgress, TaskError, TaskConditions>
  /** How far `act` has come; `null` before. */
  progress: MatchingProgress | null
}

/**
 * Cancels, retries or deletes all tasks that match a filter, however many.
 *
 * @example const { count, act } = useActOnMatching('delete'); const { count: many } = await count.mutateAsync({ tags: ['summer'] })
 */
export function useActOnMatching(action: MatchingAction): UseActOnMatchingResult {
  const { service, session, userId, queryClient } = useTaskContext()
  const [progress, setProgress] = useState<MatchingProgress | null>(null)

  function onProgress({ matched, done, outcomes }: MatchingPage): void {
    setProgress({ matched, done })
    if (action !== 'delete') return
    session.forget(outcomes.flatMap(({ taskId, outcome }) => (outcome === 'done' ? taskId : [])))
  }

  const count = useTaskMutation((filter: TaskConditions) => countAll(service.wire, { action, filter }))
  const act = useTaskMutation(async (filter: TaskConditions) => {
    setProgress(null)
    try {
      return await actOnAll(service.wire, { action, filter }, { onProgress })
    } finally {
      // Not all of these tasks are followed by this page.
      readListsAgain({ queryClient, userId })
    }
  })
  return { count, act, progress }
}
