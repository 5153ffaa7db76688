import { defineAction } from '../define-action.js'

/** `GET /api/jobs?action=usage` tells callers what their own tasks have used in a month, and what is left of their budget. */
export const getUsage = defineAction(
  'usage',
  {
    id: 'getUsage',
    summary: 'Read what the caller has used in a month',
    description:
      'Over all tasks of the caller, also deleted ones. Currencies are never added together. Only operators see what others have used, by `action=stats`.',
    replies: { 200: { description: 'The sums of the month.' } },
    errors: [],
  },
  async ({ principal, request, usage }) => ({ body: await usage.ofCaller(principal, request.month) }),
)
