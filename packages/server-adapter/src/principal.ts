import type { TaskPriority } from '@brandkit/core'

/** Who asks. Made by the app's `authenticate`, never from a request body, and checked by `parsePrincipal`. */
export interface Principal {
  /** The organisation; nothing crosses its border. Up to 255 characters. Default `default`. */
  tenantId?: string
  /** 1 to 255 characters, as OpenID Connect allows a `sub`. Numbers are refused: write `String(id)`. */
  userId: string
  /** The person who acts in the name of the user (support, say). Becomes `createdBy`. Up to 255 characters. */
  actorId?: string
  /** The brands that the user may work in, or `'*'` for all. */
  brandIds: readonly string[] | '*'
  tier?: string
  /** An operator sees the whole tenant. */
  role?: 'operator'
  /** The highest priority that the user may ask for. Default `normal`. */
  maxPriority?: TaskPriority
}

/** A principal that has been checked. Behind the entrance nothing takes another. */
export interface KnownPrincipal extends Principal {
  tenantId: string
  /** The very object that the app gave, with fields of its own: for the app's `authorize` only. */
  asGiven: Principal
}

/**
 * What a principal may see: put into every WHERE. One object that every store reads. A reach that a store does not know,
 * and a missing user, match nothing.
 */
export type TaskScope = OwnScope | TenantScope

/** The tasks of one user, in these brands. */
export interface OwnScope {
  reach: 'own'
  tenantId: string
  userId: string
  brandIds: readonly string[] | '*'
}

/** Every task of the tenant. */
export interface TenantScope {
  reach: 'tenant'
  tenantId: string
}

/** Whose tasks they are, in whatever brand: those of one user, or of a whole tenant. */
export type TaskOwner = Pick<OwnScope, 'reach' | 'tenantId' | 'userId'> | TenantScope

/**
 * How far a principal reaches: `own` to the caller's own tasks in the caller's brands (sharing a brand gives no access to
 * the tasks of others), `tenant` to every task of the tenant.
 */
export const TASK_REACHES = ['own', 'tenant'] as const
export type TaskReach = (typeof TASK_REACHES)[number]

export function scopeOf({ tenantId, userId, brandIds }: KnownPrincipal, reach: TaskReach): TaskScope {
  return reach === 'tenant' ? { reach, tenantId } : { reach, tenantId, userId, brandIds }
}

/** Whether the owner has the task, in whatever brand. */
export function isOwnedBy(task: { tenantId: string; userId: string }, owner: TaskOwner): boolean {
  if (task.tenantId !== owner.tenantId) return false
  if (owner.reach === 'tenant') return true
  return owner.reach === 'own' && task.userId === owner.userId
}

/** Whether a brand lies within the scope. The owner of the task is not looked at. */
export function isBrandInScope(brandId: string, scope: TaskScope): boolean {
  if (scope.reach === 'tenant') return true
  const { brandIds } = scope
  // A text would let every part of itself in.
  return brandIds === '*' || (Array.isArray(brandIds) && brandIds.includes(brandId))
}

/** Whether the scope may see a task; the same in SQL is `visibleTo` of the Postgres store. */
export function isInScope(task: { tenantId: string; userId: string; brandId: string }, scope: TaskScope): boolean {
  return isOwnedBy(task, scope) && isBrandInScope(task.brandId, scope)
}

export const DEFAULT_TENANT = 'default'
