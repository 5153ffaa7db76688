'use client'

import type { MatchingAction, TaskConditions, TaskError } from '@brandkit/core'
import { useState } from 'react'
import { useActOnMatching } from '../../hooks/use-act-on-matching.js'
import { useTaskMutation } from '../../hooks/use-task-mutation.js'
import { useTaskContext } from '../../provider/use-task-context.js'
import { actOnEach, type EachProgress } from '../list-parts/act-on-each.js'

/** What a bulk action takes: these tasks, or all that match, those included that the list does not show. */
type BulkTarget = { taskIds: readonly string[] } | { conditions: TaskConditions }

/** What the user is asked before the action begins. */
interface BulkQuestion {
  action: MatchingAction
  target: BulkTarget
  count: number
  /** Counting has stopped early: more tasks match. */
  isMore: boolean
}

export interface BulkAction {
  question: BulkQuestion | null
  /** Counting, or acting. */
  isBusy: boolean
  /** How many tasks had their turn. */
  turns: number
  error: TaskError | null
  ask(action: MatchingAction, target: BulkTarget): void
  /** Takes the tasks of the question. */
  confirm(onDone: (progress: EachProgress) => void): void
  readonly decline: () => void
}

/** Asks, and then cancels, retries or deletes many tasks. */
export function useBulkAction(): BulkAction {
  const { session } = useTaskContext()
  const [question, setQuestion] = useState<BulkQuestion | null>(null)
  const [turns, setTurns] = useState(0)
  const matching = {
    cancel: useActOnMatching('cancel'),
    retry: useActOnMatching('retry'),
    delete: useActOnMatching('delete'),
  }
  const selected = useTaskMutation(({ action, taskIds }: { action: MatchingAction; taskIds: readonly string[] }) =>
    actOnEach(taskIds, (taskId) => session[action](taskId), setTurns),
  )
  const counting = Object.values(matching).find(({ count }) => count.isPending)
  const acting = question && matching[question.action]

  const decline = () => {
    setQuestion(null)
    setTurns(0)
    selected.reset()
    for (const { count, act } of Object.values(matching)) {
      count.reset()
      act.reset()
    }
  }
  return {
    question,
    isBusy: counting !== undefined || selected.isPending || acting?.act.isPending === true,
    turns: acting?.progress?.matched ?? turns,
    error:
      selected.error ??
      acting?.act.error ??
      Object.values(matching).find(({ count }) => count.error)?.count.error ??
      null,
    ask: (action, target) => {
      decline()
      if ('taskIds' in target) {
        setQuestion({ action, target, count: target.taskIds.length, isMore: false })
        return
      }
      matching[action].count.mutate(target.conditions, {
        onSuccess: (counted) => setQuestion({ action, target, ...counted }),
      })
    },
    confirm: (onDone) => {
      if (!question) return
      const { action, target } = question
      const finish = (progress: EachProgress) => {
        decline()
        onDone(progress)
      }
      if ('taskIds' in target) selected.mutate({ action, taskIds: target.taskIds }, { onSuccess: finish })
      else
        matching[action].act.mutate(target.conditions, {
          onSuccess: ({ matched, done }) => finish({ done, refused: matched - done }),
        })
    },
    decline,
  }
}
