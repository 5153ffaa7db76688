import type { TaskErrorCode } from '@brandkit/core'
import type { Expectation } from '../runtime/estimating/expectation.js'
import type { ActionReply } from './define-action.js'
import type { HeaderName } from './document-headers.js'
import { toRetryAfter } from './to-response.js'

/**
 * 202: the work itself is still to come (RFC 9110, section 15.3.3).
 *
 * A replay of what is over already says 0: it can be read now.
 *
 * @param query where to read of it, relative to the request
 */
export function accepted(body: object, query: string, expectation: Expectation): ActionReply {
  return {
    status: 202,
    headers: { location: `?action=status&${query}`, ...toRetryAfter(expectation.pollAfterMs ?? 0) },
    body,
  }
}

// What the document says of every action that makes a task.

/** The headers of a 202. */
export const ACCEPTED_HEADERS: readonly HeaderName[] = ['Location', 'Retry-After']

/** Any answer may carry them. */
export const RATE_HEADERS: readonly HeaderName[] = ['RateLimit', 'RateLimit-Policy']

export const CREATE_ERRORS: readonly TaskErrorCode[] = [
  'forbidden',
  'unknown_task_type',
  'task_type_not_served',
  'invalid_payload',
  'rate_limited',
  'too_many_active_tasks',
  'queue_full',
]
