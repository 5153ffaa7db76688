import type { TaskSummary } from '@brandkit/core'
import { useColleagueName } from '@brandkit/react'

/** Whose task it is, for tasks of colleagues. Used by lists and by the page of a task. */
export function ByColleague({ task }: { task: Pick<TaskSummary, 'userId'> }) {
  const name = useColleagueName(task)
  if (name === undefined) return null
  return <span>by {name}</span>
}
