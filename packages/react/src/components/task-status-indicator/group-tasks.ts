import { isTerminal, phaseOf, type TaskSummaryJson, type TaskPhase, type TaskStatus } from '@brandkit/core'
import type { TaskSession } from '../../session/task-session.js'
import { mayRetry } from '../failure-advice.js'
import type { PartState } from '../looks.js'

export interface TaskGroup extends PartState {
  ids: string[]
  /** Those of them that an action for the whole group takes: the user's own, if the action can take them. */
  actionIds: string[]
}

export const TASK_GROUP_NAMES = ['active', 'attention', 'ended'] as const
export type TaskGroupName = (typeof TASK_GROUP_NAMES)[number]

/** All shown tasks, grouped by what users have to do about them. */
export interface TaskGroups extends Record<TaskGroupName, TaskGroup>, PartState {
  counts: TaskCounts
}

/** What the pill says. All active tasks count, and of the ended ones the user's own. */
export type TaskCounts = Record<(typeof ACTIVE_PHASES)[number] | 'completed' | 'cancelled', number>

/** The most important first. */
export const ACTIVE_PHASES = ['running', 'waiting', 'scheduled'] as const

interface GroupingOptions {
  isOwn: TaskSession['isOwn']
  /** Milliseconds since the epoch. */
  now: number
}

/**
 * The ids of each group, newest first as they are given. Tasks under way are in the order of a queue: running ones, then the one
 * that has waited longest. A colleague's failure needs the
 * colleague's attention, so it counts as ended.
 */
export function groupTasks(tasks: readonly TaskSummaryJson[], { isOwn, now }: GroupingOptions): TaskGroups {
  const those = (...statuses: TaskStatus[]) => tasks.filter(({ status }) => statuses.includes(status))
  const members: Record<TaskGroupName, TaskSummaryJson[]> = {
    active: [...those('processing'), ...those('queued').toReversed()],
    attention: those('failed').filter(isOwn),
    ended: tasks.filter((task) => isTerminal(task.status) && (task.status !== 'failed' || !isOwn(task))),
  }
  const ownEnded = members.ended.filter(isOwn)
  const counts = countPhases([...members.active, ...ownEnded], now)
  const phases: Record<TaskGroupName, TaskPhase> = {
    active: ACTIVE_PHASES.find((phase) => counts[phase] > 0) ?? 'running',
    attention: 'failed',
    ended: phaseOfEnded(ownEnded.length > 0 ? ownEnded : members.ended),
  }
  const taken: Record<TaskGroupName, TaskSummaryJson[]> = {
    // Newest first: a task is newer than those that it waits for, and would fail if one of them were cancelled before it.
    active: those('queued', 'processing').filter(isOwn),
    attention: members.attention.filter(mayRetry),
    ended: members.ended,
  }
  const toGroup = (name: TaskGroupName): TaskGroup => ({
    ids: members[name].map(({ taskId }) => taskId),
    actionIds: taken[name].map(({ taskId }) => taskId),
    phase: phases[name],
    type: typeOf(members[name]),
  })
  const first = TASK_GROUP_NAMES.find((name) => members[name].length > 0) ?? 'ended'
  return {
    active: toGroup('active'),
    attention: toGroup('attention'),
    ended: toGroup('ended'),
    counts,
    phase: phases[first],
    type: typeOf(tasks),
  }
}

/** Whatever keeps a task from running now, except a later start, is a wait. */
function countPhases(tasks: readonly TaskSummaryJson[], now: number): TaskCounts {
  const counts: TaskCounts = { running: 0, waiting: 0, scheduled: 0, completed: 0, cancelled: 0 }
  for (const task of tasks) {
    const phase = phaseOf(task, now)
    counts[phase in counts ? (phase as keyof TaskCounts) : 'waiting'] += 1
  }
  return counts
}

/** A green tick stands for completed tasks only. */
function phaseOfEnded(tasks: readonly TaskSummaryJson[]): TaskPhase {
  const isAny = (status: TaskStatus) => tasks.some((task) => task.status === status)
  return isAny('cancelled') && !isAny('completed') ? 'cancelled' : 'completed'
}

function typeOf(tasks: readonly TaskSummaryJson[]): string {
  const type = tasks[0]?.type
  return tasks.every((task) => task.type === type) ? (type ?? 'none') : 'mixed'
}
