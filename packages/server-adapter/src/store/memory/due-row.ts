import { TASK_PRIORITIES } from '@brandkit/core'
import type { DueTask } from '../task-store.js'
import type { MemoryRow } from './memory-row.js'

export function toDueTask({ input: { taskId, priority }, rings }: MemoryRow): DueTask {
  return { taskId, priority, rings, dueInMs: 0 }
}

/** The greater goes first. */
export function rankOf({ input }: MemoryRow): number {
  return TASK_PRIORITIES.indexOf(input.priority)
}

/** The order in which queues deliver: the priority and one for each ring, then the time since which it is due. */
export function byUrgency(a: MemoryRow, b: MemoryRow): number {
  return rankOf(b) + b.rings - (rankOf(a) + a.rings) || a.runAt - b.runAt || (a.input.taskId < b.input.taskId ? -1 : 1)
}
