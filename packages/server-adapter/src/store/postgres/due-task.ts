import { TASK_PRIORITIES } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import type { DueTask } from '../maintain-pass.js'

/** The columns that a statement returns for a task that is to be delivered. */
export type DueRow = Pick<DueTask, 'priority' | 'rings'> & { id: string }

export function toDueTask({ id, priority, rings }: DueRow): DueTask {
  return { taskId: id, priority, rings, dueInMs: 0 }
}

/** The priority as a number; a greater number is delivered first. */
export function rankOf(priority: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`array_position(array[${sql.join(TASK_PRIORITIES.map((name) => sql.lit(name)))}], ${priority})`
}
