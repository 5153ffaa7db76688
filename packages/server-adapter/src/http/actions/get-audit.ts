import { TaskError } from '@brandkit/core'
import { defineAction } from '../define-action.js'

/** `GET /api/jobs?action=audit` tells callers who reach the whole tenant who did what in it. */
export const getAudit = defineAction(
  'audit',
  {
    id: 'getAudit',
    summary: 'List who did what, newest first, for operators',
    description:
      'Cancels, retries, deletes, exports and erasures of the tenant. `act`, `by`, `userId` and `taskId` narrow it; `cursor` is `nextCursor` of the page before.',
    replies: { 200: { description: 'One page.' } },
    errors: [],
  },
  async ({ request, scope, store }) => {
    if (scope.reach !== 'tenant')
      throw new TaskError('forbidden', 'Only operators may see what everybody has done. Ask one of them.')
    return { body: await store.audit({ ...request, tenantId: scope.tenantId }) }
  },
)
