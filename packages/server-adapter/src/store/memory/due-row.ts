import { TASK_PRIORITIES } from '@brandkit/core'
import type { DueTask } from '../maintain-pass.js'
import type { MemoryRow } from './memory-row.js'

export function toDueTask({ input: { taskId, priority }, rings, runAt }: MemoryRow, now: number): DueTask {
  return { taskId, priority, rings, dueInMs: Math.max(0, runAt - now) }
}

/** The task's priority as a number; a greater number is delivered first. */
export function rankOf({ input }: MemoryRow): number {
  return TASK_PRIORITIES.indexOf(input.priority)
}

/** The order in which queues deliver: first by priority plus rings, then by due time. */
export function byUrgency(a: MemoryRow, b: MemoryRow): number {
  return rankOf(b) + b.rings - (rankOf(a) + a.rings) || a.runAt - b.runAt || (a.input.taskId < b.input.taskId ? -1 : 1)
}
