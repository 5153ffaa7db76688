import { isJsonObject, isTaskError, TaskError } from '@brandkit/core'
import type * as z from 'zod'
import { compileSchema } from '../compile-schema.js'
import type { KnownPrincipal } from '../principal.js'
import type { Authorization } from '../runtime/authorization.js'
import { describeIssues, toFieldIssues } from '../field-issues.js'
import type { ActionDefinition, ActionReply, ActionServices, PrincipalAction, RequestContext } from './define-action.js'

/** The request of a signed-in caller, over HTTP or in process. */
export interface ActionRequest extends RequestContext {
  /** The unchecked body or query. */
  input: object
  principal: KnownPrincipal
  /** Authenticates the caller again; null if the caller is no longer signed in. */
  currentPrincipal: () => Promise<KnownPrincipal | null>
}

export interface ActionRuntime {
  /** The services, or a promise of them until store and queue are connected. */
  services: () => ActionServices | Promise<ActionServices>
  authorization: Authorization
}

/**
 * Performs an action for a signed-in caller. HTTP and calls in process both pass here, so that schema, authorisation and
 * limits are the same.
 *
 * @throws TaskError
 */
export async function performAction(
  action: PrincipalAction,
  { input, principal, currentPrincipal, headers, signal, replyHeaders, traceId, logger }: ActionRequest,
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
  // Every request passes here. The names are written out, because each further spread would cost more than all of them.
  return action.run({
    ...(await services()),
    headers,
    signal,
    replyHeaders,
    traceId,
    logger,
    request,
    principal,
    scope,
    currentScope,
  })
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

/** Parses input that may throw: objects that are passed in process may have getters and proxies. */
function readWith(schema: z.ZodType, input: unknown, name: string) {
  try {
    return compileSchema(schema).safeParse(input)
  } catch (cause) {
    throw new TaskError('invalid_request', `The request for ${name} cannot be read: a field threw. Pass plain data.`, {
      cause,
    })
  }
}

/** The brands that a request names: the brands of new tasks, or the brand of a filter. */
function brandsOf(request: unknown): string[] {
  if (!isJsonObject(request)) return []
  const { tasks, filter, brandId } = request
  if (Array.isArray(tasks)) return tasks.flatMap(brandsOf)
  if (filter !== undefined) return brandsOf(filter)
  return typeof brandId === 'string' ? [brandId] : []
}
