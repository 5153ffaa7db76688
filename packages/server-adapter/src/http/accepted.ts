import type { Expectation } from '../runtime/estimating/expectation.js'
import type { ActionReply } from './define-action.js'
import { toRetryAfter } from './retry-after.js'

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
