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

/**
 * How far somebody reaches: `own` to the caller's own tasks in the caller's brands (sharing a brand gives no access to
 * somebody else's tasks), `tenant` to every task of the tenant.
 */
export type TaskReach = 'own' | 'tenant'

export function scopeOf({ tenantId = DEFAULT_TENANT, userId, brandIds }: Principal, reach: TaskReach): TaskScope {
  return reach === 'tenant' ? { tenantId, brandIds: '*' } : { tenantId, userId, brandIds }
}

export const DEFAULT_TENANT = 'default'
