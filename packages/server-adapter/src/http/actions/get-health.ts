import { getHealthSchema } from '@brandkit/core'
import { definePublicAction } from '../define-action.js'

/**
 * `GET /api/jobs?action=health` says whether to send requests here: 200, or 503. Load balancers do not sign in, so it says
 * nothing else; the reason is in the log.
 */
export const getHealth = definePublicAction('health', { schema: getHealthSchema }, async ({ readHealth }) => {
  const body = await readHealth()
  return { status: body.status === 'down' ? 503 : 200, body }
})
