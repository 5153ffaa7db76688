import { type ActionOf, TaskError } from '@brandkit/core'
import {
  isBrandInScope,
  type KnownPrincipal,
  type Principal,
  scopeOf,
  TASK_REACHES,
  type TaskReach,
  type TaskScope,
} from '../principal.js'
import { parseReach } from '../principal.schema.js'
import { readAnswer } from '../read-answer.js'

/** Every action that needs a signed-in caller. */
export type AuthorizedAction = ActionOf<'principal'>

/** The question that `authorize` answers. */
export interface AuthorizationRequest {
  /** The object that `authenticate` gave, with any fields of your own. */
  principal: Principal
  action: AuthorizedAction
  /** The brand that the request names: the brand of a new task, or the filter of a list. Absent in other requests. */
  brandId?: string | undefined
}

/**
 * Tells how far the principal reaches with this action. `false` answers 403 `forbidden`. An invalid answer, or a promise
 * that takes longer than 30 seconds, answers 500.
 */
export type Authorize = (request: AuthorizationRequest) => TaskReach | false | Promise<TaskReach | false>

/** The default rule: operators reach the whole tenant, all others their own tasks. */
const authorizeByRole: Authorize = ({ principal }) => (principal.role === 'operator' ? 'tenant' : 'own')

/**
 * Determines the scope of a principal for an action. The stores add the scope to every query.
 *
 * @throws TaskError `forbidden`
 * @throws UnfitAnswerError when the rule gives an invalid answer, or none within 30 seconds
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
    // The default rule reads the checked copy, because a getter of the app's object could answer differently now.
    const asked = authorize === authorizeByRole ? principal : principal.asGiven
    const ask = async (brandId?: string) =>
      readAnswer(authorize({ principal: asked, action, brandId }), { from: 'authorize', read: parseReach, closing })
    const answers = brandIds.length > 1 ? await Promise.all([...new Set(brandIds)].map(ask)) : [await ask(brandIds[0])]
    // A request has one scope: the narrowest of the answers.
    const narrowest = answers.includes(false) ? undefined : TASK_REACHES.find((reach) => answers.includes(reach))
    if (narrowest) return scopeOf(principal, narrowest)
    throw new TaskError('forbidden', 'You may not do this. Ask somebody who may, or sign in as somebody else.')
  }
}

/** @throws TaskError `forbidden` when the creator could not see a task of this brand */
export function assertBrand(scope: TaskScope, brandId: string): void {
  if (isBrandInScope(brandId, scope)) return
  throw new TaskError('forbidden', 'You have no access to this brand. Ask its owner to add you, or pick one of yours.')
}
