import type { TaskPriority } from '@brandkit/core'

/** The caller of a request. The app's `authenticate` makes it, never from a request body; `parsePrincipal` checks it. */
export interface Principal {
  /** The organisation. A request reaches data of its own tenant only. Up to 255 characters. Default `default`. */
  tenantId?: string
  /** 1 to 255 characters, as OpenID Connect allows a `sub`. Numbers are refused: write `String(id)`. */
  userId: string
  /** The person who acts for the user, for example support. Becomes `createdBy`. Up to 255 characters. */
  actorId?: string
  /** The brands that the user may work in, or `'*'` for all. */
  brandIds: readonly string[] | '*'
  tier?: string
  /** An operator sees the whole tenant. */
  role?: 'operator'
  /** The highest priority that the user may ask for. Default `normal`. */
  maxPriority?: TaskPriority
}

/** A principal that `parsePrincipal` has checked. All code after that check takes this type. */
export interface KnownPrincipal extends Principal {
  tenantId: string
  /** The object that the app gave, with any fields of its own. Only for the app's `authorize`. */
  asGiven: Principal
}

/**
 * Which tasks a principal may see. Every store adds the scope to each query. A scope with an unknown reach or without a
 * user matches nothing.
 */
export type TaskScope = OwnScope | BrandScope | TenantScope

/** The tasks of one user, in these brands. */
export interface OwnScope {
  reach: 'own'
  tenantId: string
  userId: string
  brandIds: readonly string[] | '*'
}

/** The tasks of all users of the tenant, in these brands. `'*'`: in every brand. */
export interface BrandScope {
  reach: 'brand'
  tenantId: string
  brandIds: readonly string[] | '*'
}

/** Every task of the tenant. */
interface TenantScope {
  reach: 'tenant'
  tenantId: string
}

/** The owner of tasks in all brands: one user, or a whole tenant. */
export type TaskOwner = Pick<OwnScope, 'reach' | 'tenantId' | 'userId'> | TenantScope

/**
 * How far a principal reaches, from the least to the most. `own`: the caller's own tasks in the caller's brands; sharing a
 * brand gives no access to another user's tasks. `brand`: the tasks of all users in the caller's brands. `tenant`: every task
 * of the tenant.
 */
export const TASK_REACHES = ['own', 'brand', 'tenant'] as const
export type TaskReach = (typeof TASK_REACHES)[number]

export function scopeOf({ tenantId, userId, brandIds }: KnownPrincipal, reach: TaskReach): TaskScope {
  if (reach === 'tenant') return { reach, tenantId }
  return reach === 'brand' ? { reach, tenantId, brandIds } : { reach, tenantId, userId, brandIds }
}

/**
 * The owner whose changes a reader must hear. A change names no brand, so a reader of brands hears the whole tenant, and its
 * scope decides when the changed tasks are read.
 */
export function ownerOf(scope: TaskScope): TaskOwner {
  return scope.reach === 'brand' ? { reach: 'tenant', tenantId: scope.tenantId } : scope
}

/** Whether the task belongs to the owner. Ignores the brand. */
export function isOwnedBy(task: { tenantId: string; userId: string }, owner: TaskOwner): boolean {
  if (task.tenantId !== owner.tenantId) return false
  if (owner.reach === 'tenant') return true
  return owner.reach === 'own' && task.userId === owner.userId
}

/** Whether a brand lies within the scope. Ignores the owner of the task. */
export function isBrandInScope(brandId: string, scope: TaskScope): boolean {
  if (scope.reach === 'tenant') return true
  const { brandIds } = scope
  // `includes` of a string would accept every substring.
  return brandIds === '*' || (Array.isArray(brandIds) && brandIds.includes(brandId))
}

/** Whether the scope contains a task. `visibleTo` of the Postgres store is the same in SQL. */
export function isInScope(task: { tenantId: string; userId: string; brandId: string }, scope: TaskScope): boolean {
  return isOwnedBy(task, ownerOf(scope)) && isBrandInScope(task.brandId, scope)
}

/** The id of the person who acts: the user, or who acts for the user. */
export function actorOf({ actorId, userId }: KnownPrincipal): string {
  return actorId ?? userId
}

export const DEFAULT_TENANT = 'default'
