import { TaskError } from '@brandkit/core'
import { defineAction } from '../define-action.js'

/** `GET /api/jobs?action=stats` gives the tenant's counts, durations and usage to callers who reach the whole tenant. */
export const getStats = defineAction(
  'stats',
  {
    id: 'getStats',
    summary: 'Count the tenant’s tasks, for operators',
    description: 'Depth, throughput, durations by type, and what models have used this month.',
    replies: { 200: { description: 'The counts of this moment.' } },
    errors: [],
  },
  async ({ scope, readStats }) => {
    if (scope.reach !== 'tenant')
      throw new TaskError('forbidden', 'Only operators may see the figures of everybody. Ask one of them.')
    return { body: await readStats(scope.tenantId) }
  },
)
