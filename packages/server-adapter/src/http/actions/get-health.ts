import { definePublicAction } from '../define-action.js'

/**
 * `GET /api/jobs?action=health` tells load balancers whether to send requests here: 200 or 503. Callers are not signed in,
 * so the answer only gives the state of each part; the reason is in the log.
 */
export const getHealth = definePublicAction(
  'health',
  {
    id: 'getHealth',
    summary: 'Ask whether this process can serve, for load balancers and orchestrators',
    description:
      'Needs nobody to be signed in and says nothing but which part answers. `degraded`: tasks are taken and kept, but run late.',
    replies: {
      200: { description: '`ok` or `degraded`: send requests.' },
      503: { description: '`down`: send none.' },
    },
    errors: [],
  },
  async ({ readHealth }) => {
    const body = await readHealth()
    return { status: body.status === 'down' ? 503 : 200, body }
  },
)
