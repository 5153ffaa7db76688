import { TaskError } from '@brandkit/core'
import type { TaskPriority } from '@brandkit/core'

/** Who asks. Made by the app's `authenticate`, never from a request body. */
export interface Principal {
  /** The organisation; nothing crosses its border. Default `default`. */
  tenantId?: string
  userId: string
  /** Who really acts, where somebody acts for the user. Becomes `createdBy`. */
  actorId?: string
  /** The brands that the user may work in, or `'*'` for all. */
  brandIds: readonly string[] | '*'
  tier?: string
  /** An operator sees the whole tenant. */
  role?: 'operator'
  /** The highest priority that the user may ask for. Default `normal`. */
  maxPriority?: TaskPriority
}

/** What a principal may see: put into every WHERE. */
export interface TaskScope {
  tenantId: string
  /** Absent: every user of the tenant. */
  userId?: string
  brandIds: readonly string[] | '*'
}

/** One user of a tenant, or (without `userId`) all of them. */
export type TaskOwner = Pick<TaskScope, 'tenantId' | 'userId'>

/** Whether the scope may see a task; the same in SQL is `visibleTo` of the Postgres store. */
export function isInScope(
  task: { tenantId: string; userId: string; brandId: string },
  { tenantId, userId, brandIds }: TaskScope,
): boolean {
  if (task.tenantId !== tenantId) return false
  if (userId !== undefined && task.userId !== userId) return false
  return brandIds === '*' || brandIds.includes(task.brandId)
}

/** The default rule: one's own tasks in one's own brands. Sharing a brand gives no access to somebody else's tasks. */
export function scopeOf(principal: Principal): TaskScope {
  return {
    tenantId: principal.tenantId ?? DEFAULT_TENANT,
    userId: principal.userId,
    brandIds: principal.brandIds,
  }
}

/** @throws TaskError `forbidden` when the brand is not among the principal's. */
export function assertBrand(principal: Principal, brandId: string): void {
  if (principal.brandIds === '*' || principal.brandIds.includes(brandId)) return
  throw new TaskError('forbidden', 'You have no access to this brand. Ask its owner to add you, or pick one of yours.')
}

export const DEFAULT_TENANT = 'default'
