import type { TaskErrorCode } from '@brandkit/core'
import type { Expectation } from '../runtime/estimating/expectation.js'
import type { ActionReply } from './define-action.js'
import type { HeaderName } from './document-headers.js'
import { toRetryAfter } from './to-answer.js'

/**
 * Answers 202, because the work itself is still to come (RFC 9110, section 15.3.3).
 *
 * A replay of a task that has already ended says `Retry-After: 0`: the result can be read now.
 *
 * @param query the query that reads the status
 */
export function accepted(body: object, query: string, expectation: Expectation): ActionReply {
  return {
    status: 202,
    headers: { location: `?action=status&${query}`, ...toRetryAfter(expectation.pollAfterMs ?? 0) },
    body,
  }
}

// The parts of the OpenAPI document that all creating actions share.

/** The headers of every 202. */
export const ACCEPTED_HEADERS: readonly HeaderName[] = ['Location', 'Retry-After']

/** The headers of any answer while a rate limit applies. */
export const RATE_HEADERS: readonly HeaderName[] = ['RateLimit', 'RateLimit-Policy']

export const CREATE_ERRORS: readonly TaskErrorCode[] = [
  'forbidden',
  'unknown_task_type',
  'task_type_not_served',
  'invalid_payload',
  'already_under_way',
  'dependency_failed',
  'rate_limited',
  'too_many_active_tasks',
  'budget_exhausted',
  'queue_full',
]
