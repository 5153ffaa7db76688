import type { TaskStatus } from '@brandkit/core'
import type { TaskOwner } from '../principal.js'

export interface TaskChange {
  taskId: string
  tenantId: string
  userId: string
  version: number
  status: TaskStatus
  epoch: number
}

export interface TaskWatcher {
  onChanges(changes: readonly TaskChange[]): void
  /** Ids of the tasks that this process follows, for stores that must poll. */
  following(): Iterable<string>
  /** Owners whose tasks are all followed, including tasks that other processes create. For the same stores. */
  owners(): Iterable<TaskOwner>
  /** Notifications of other processes do not arrive, so the store polls. Called once, until notifications arrive again. */
  onDeaf?(reason: string): void
}
