import { type ActionOf, TaskError } from '@brandkit/core'
import {
  isBrandInScope,
  type KnownPrincipal,
  type Principal,
  scopeOf,
  type TaskReach,
  type TaskScope,
} from '../principal.js'
import { parseReach } from '../principal.schema.js'
import { readAnswer } from '../read-answer.js'

/** Every action of a caller who is signed in. */
export type AuthorizedAction = ActionOf<'principal'>

/** What is asked of `authorize`. */
export interface AuthorizationRequest {
  /** The very object that `authenticate` gave, with fields of your own. */
  principal: Principal
  action: AuthorizedAction
  /** The brand that the request names: of each new task, and of a list by brand. Other requests name none. */
  brandId?: string | undefined
}

/**
 * How far the principal reaches with this action; `false` answers 403 `forbidden`, anything else 500, and so does a
 * promise that takes longer than 30 seconds.
 */
export type Authorize = (request: AuthorizationRequest) => TaskReach | false | Promise<TaskReach | false>

/** Everybody reaches their own tasks, an operator the whole tenant. */
export const authorizeByRole: Authorize = ({ principal }) => (principal.role === 'operator' ? 'tenant' : 'own')

/**
 * What a principal may see and do with an action, to be put into every WHERE.
 *
 * @throws TaskError `forbidden`
 * @throws UnfitAnswerError when the rule answers what is no reach, or nothing within 30 seconds
 */
export type Authorization = (
  principal: KnownPrincipal,
  action: AuthorizedAction,
  brandIds?: readonly string[],
) => Promise<TaskScope>

export function createAuthorization(
  authorize: Authorize = authorizeByRole,
  { closing }: { closing?: AbortSignal | undefined } = {},
): Authorization {
  return async (principal, action, brandIds = []) => {
    // Our own rule reads what was checked: a field that answers otherwise the second time reaches no further.
    const asked = authorize === authorizeByRole ? principal : principal.asGiven
    const named: readonly (string | undefined)[] = brandIds.length > 0 ? [...new Set(brandIds)] : [undefined]
    const answers = await Promise.all(
      named.map(async (brandId) =>
        readAnswer(authorize({ principal: asked, action, brandId }), { from: 'authorize', read: parseReach, closing }),
      ),
    )
    if (answers.every((answer) => answer === 'tenant')) return scopeOf(principal, 'tenant')
    if (answers.every((answer) => answer !== false)) return scopeOf(principal, 'own')
    throw new TaskError('forbidden', 'You may not do this. Ask somebody who may, or sign in as somebody else.')
  }
}

/** @throws TaskError `forbidden` when a task of this brand would be out of the creator's own reach. */
export function assertBrand(scope: TaskScope, brandId: string): void {
  if (isBrandInScope(brandId, scope)) return
  throw new TaskError('forbidden', 'You have no access to this brand. Ask its owner to add you, or pick one of yours.')
}
