import { isTaskError, PROBLEM_MEDIA_TYPE, TaskError, toProblemDetails } from '@brandkit/core'
import type { ActionReply, ActionServices, QueueAction, RequestContext } from './define-action.js'
import type { AnswerHeaders, HttpRequest } from './http-exchange.js'
import { parseInput } from './perform-action.js'
import { readBody } from './read-body.js'

/**
 * Answers a push queue, which is authenticated by its signature.
 *
 * @throws TaskError `not_found` if workers pull; also every error that a repeated delivery may avoid
 */
export async function answerDelivery(
  request: HttpRequest,
  action: QueueAction,
  { services, ...context }: RequestContext & { services: ActionServices },
): Promise<ActionReply> {
  const { queue } = services
  if (!queue.receive) throw new TaskError('not_found', 'This server pulls its tasks; nobody delivers them.')
  const body = await readBody(request, action.maxBytes)
  try {
    const input = parseInput(await queue.receive({ body, headers: request.web.headers }), action)
    return await action.run({ ...services, ...context, request: input as never })
  } catch (error) {
    return refuseDelivery(error, { ...context, queue })
  }
}

/** Gives the answer that stops the queue from repeating this delivery. @throws the error if repeating may help */
function refuseDelivery(
  error: unknown,
  { queue, traceId, logger }: Pick<ActionServices, 'queue'> & Pick<RequestContext, 'traceId' | 'logger'>,
): ActionReply {
  const { refusal } = queue.capabilities
  // A wrong signature may be right in the next delivery, because keys rotate.
  if (!refusal || !isTaskError(error) || error.retryable || error.code === 'unauthenticated') throw error
  logger.warn(`Delivery refused for good: ${error.code}`, { traceId })
  return {
    status: refusal.status,
    headers: { 'content-type': PROBLEM_MEDIA_TYPE, ...inLowerCase(refusal.headers) },
    body: toProblemDetails(error, traceId),
  }
}

/** The headers of a third party's queue, whose names may have any case. */
function inLowerCase(headers: Readonly<Record<string, string>>): AnswerHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
