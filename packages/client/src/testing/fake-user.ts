import { TASK_PRIORITIES, TaskError, type TaskPriority } from '@brandkit/core'

/** Who asks a fake server. */
export interface FakeUser {
  /** Default `default`. */
  tenantId?: string | undefined
  userId: string
  /** Who really acts, where somebody acts for the user. */
  actorId?: string | undefined
  /** Default `'*'`: all. */
  brandIds?: readonly string[] | '*' | undefined
  /** An operator sees the whole tenant. */
  role?: 'operator' | undefined
  /** The highest priority that the user may ask for. Default `normal`. */
  maxPriority?: TaskPriority | undefined
}

/** The header that says who asks, unless `userOf` decides otherwise. */
export const USER_HEADER = 'x-fake-user'

/** The user named by `x-fake-user`, else `ada`. */
export function userOfHeader(request: Request): FakeUser {
  return { userId: request.headers.get(USER_HEADER) ?? 'ada' }
}

/** Whether two users are the same, as far as tasks and idempotency keys are concerned. */
export function toOwner({ tenantId = 'default', userId }: FakeUser): string {
  return JSON.stringify([tenantId, userId])
}

/** One's own tasks in one's own brands; an operator sees the tenant. */
export function maySee(user: FakeUser, task: { tenantId: string; userId: string; brandId: string }): boolean {
  if ((user.tenantId ?? 'default') !== task.tenantId) return false
  if (user.role !== 'operator' && user.userId !== task.userId) return false
  return mayUse(user, task.brandId)
}

/** @throws TaskError `forbidden` when the brand is not among the user's. */
export function assertBrand(user: FakeUser, brandId: string): void {
  if (mayUse(user, brandId)) return
  throw new TaskError('forbidden', 'You have no access to this brand. Ask its owner to add you, or pick one of yours.')
}

/** The lowest of several priorities. */
export function lowestPriority(priorities: readonly TaskPriority[]): TaskPriority {
  return TASK_PRIORITIES.find((priority) => priorities.includes(priority)) ?? 'normal'
}

function mayUse({ brandIds = '*' }: FakeUser, brandId: string): boolean {
  return brandIds === '*' || brandIds.includes(brandId)
}
