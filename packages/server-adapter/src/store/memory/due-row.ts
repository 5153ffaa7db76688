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
