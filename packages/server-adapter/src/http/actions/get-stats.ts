import { TaskError } from '@brandkit/core'
import { defineAction } from '../define-action.js'

/** `GET /api/jobs?action=stats` gives the tenant's counts, durations and usage to callers who reach the whole tenant. */
export const getStats = defineAction(
  'stats',
  {
    id: 'getStats',
    summary: 'Count the tenant’s tasks, for operators',
    description:
      'Depth, throughput, durations by type, workers, and what models have used this month. `throughput` names a span, whose ended tasks are counted by time; they may be some seconds old.',
    replies: { 200: { description: 'The counts of this moment.' } },
    errors: [],
  },
  async ({ scope, request, readStats }) => {
    if (scope.reach !== 'tenant')
      throw new TaskError('forbidden', 'Only operators may see the figures of everybody. Ask one of them.')
    return { body: await readStats({ tenantId: scope.tenantId, span: request.throughput }) }
  },
)
