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
  /** Ids whose changes matter to this process, for stores that have to ask. */
  following(): Iterable<string>
  /** Owners all of whose tasks matter, also those that another process creates. For the same stores. */
  owners(): Iterable<TaskOwner>
  /** Announcements of other processes do not arrive, so the store asks instead. Told once, until it hears again. */
  onDeaf?(reason: string): void
}
