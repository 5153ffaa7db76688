import { isJsonObject, isTaskError, TaskError } from '@brandkit/core'
import type * as z from 'zod'
import type { KnownPrincipal } from '../principal.js'
import type { Authorization } from '../runtime/authorization.js'
import { describeIssues, toFieldIssues } from '../field-issues.js'
import type { ActionDefinition, ActionReply, ActionServices, PrincipalAction, RequestContext } from './define-action.js'

/** What a caller asks of an action, however it came in. */
export interface ActionRequest extends RequestContext {
  /** Body or query, not yet checked. */
  input: object
  principal: KnownPrincipal
  /** Who it is by now; null when nobody is signed in any more. */
  currentPrincipal: () => Promise<KnownPrincipal | null>
}

export interface ActionRuntime {
  /** Resolves once store and queue are connected. */
  services: () => Promise<ActionServices>
  authorization: Authorization
}

/**
 * Does what a signed-in caller asks for: over HTTP and in process alike, so that schema, authorisation and limits are
 * the same for both.
 *
 * @throws TaskError
 */
export async function performAction(
  action: PrincipalAction,
  { input, principal, currentPrincipal, ...context }: ActionRequest,
  { services, authorization }: ActionRuntime,
): Promise<ActionReply> {
  const request = parseInput(input, action) as never
  const brandIds = brandsOf(request)
  const scope = await authorization(principal, action.name, brandIds)

  async function currentScope() {
    const current = await currentPrincipal()
    if (!current) return null
    return authorization(current, action.name, brandIds).catch((error: unknown) => {
      if (isTaskError(error) && error.code === 'forbidden') return null
      throw error
    })
  }
  return action.run({ ...(await services()), ...context, request, principal, scope, currentScope })
}

/** @throws TaskError `invalid_request` */
export function parseInput(
  input: unknown,
  { schema, name }: Pick<ActionDefinition, 'schema'> & { name: string },
): unknown {
  const parsed = readWith(schema.request, input, name)
  if (parsed.success) return parsed.data
  const issues = toFieldIssues(parsed.error)
  throw new TaskError('invalid_request', `The request for ${name} is malformed: ${describeIssues(issues)}`, { issues })
}

/** Objects that were handed over in process have getters and proxies, which may throw anything. */
function readWith(schema: z.ZodType, input: unknown, name: string) {
  try {
    return schema.safeParse(input)
  } catch (cause) {
    throw new TaskError('invalid_request', `The request for ${name} cannot be read: a field threw. Pass plain data.`, {
      cause,
    })
  }
}

/** The brands that a request names: those of new tasks, or the one that is listed. */
function brandsOf(request: unknown): string[] {
  if (!isJsonObject(request)) return []
  const { tasks, brandId } = request
  if (Array.isArray(tasks)) return tasks.flatMap(brandsOf)
  return typeof brandId === 'string' ? [brandId] : []
}
