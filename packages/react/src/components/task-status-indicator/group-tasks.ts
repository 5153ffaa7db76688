import { isTerminal, type TaskSummaryJson, type TaskPhase, type TaskStatus } from '@brandkit/core'
import type { TaskSession } from '../../session/task-session.js'
import type { PartState } from '../looks.js'

export interface TaskGroup extends PartState {
  ids: string[]
  /** How many of them belong to the user. */
  own: number
}

export const TASK_GROUP_NAMES = ['active', 'attention', 'finished'] as const
export type TaskGroupName = (typeof TASK_GROUP_NAMES)[number]

/** All shown tasks, grouped by what users have to do about them. */
export interface TaskGroups extends Record<TaskGroupName, TaskGroup>, PartState {}

const PHASES = { active: 'running', attention: 'failed', finished: 'completed' } as const satisfies Record<
  TaskGroupName,
  TaskPhase
>

/**
 * The ids of each group, in the given order; running tasks come before waiting ones. A colleague's failure needs the
 * colleague's attention, so it counts as finished.
 */
export function groupTasks(tasks: readonly TaskSummaryJson[], isOwn: TaskSession['isOwn']): TaskGroups {
  const those = (...statuses: TaskStatus[]) => tasks.filter(({ status }) => statuses.includes(status))
  const members: Record<TaskGroupName, TaskSummaryJson[]> = {
    active: [...those('processing'), ...those('queued')],
    attention: those('failed').filter(isOwn),
    finished: tasks.filter((task) => isTerminal(task.status) && (task.status !== 'failed' || !isOwn(task))),
  }
  const toGroup = (name: TaskGroupName): TaskGroup => ({
    ids: members[name].map(({ taskId }) => taskId),
    own: members[name].filter(isOwn).length,
    phase: PHASES[name],
    type: typeOf(members[name]),
  })
  const first = TASK_GROUP_NAMES.find((name) => members[name].length > 0) ?? 'finished'
  return {
    active: toGroup('active'),
    attention: toGroup('attention'),
    finished: toGroup('finished'),
    phase: PHASES[first],
    type: typeOf(tasks),
  }
}

function typeOf(tasks: readonly TaskSummaryJson[]): string {
  const type = tasks[0]?.type
  return tasks.every((task) => task.type === type) ? (type ?? 'none') : 'mixed'
}
