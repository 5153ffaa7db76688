/** The verbs of `/api/jobs?action=…` and the method of each. */
export const ACTIONS = {
  create: { method: 'POST' },
  process: { method: 'POST' },
  status: { method: 'GET' },
  cancel: { method: 'POST' },
  retry: { method: 'POST' },
  delete: { method: 'POST' },
  list: { method: 'GET' },
  events: { method: 'GET' },
  stats: { method: 'GET' },
  health: { method: 'GET' },
  openapi: { method: 'GET' },
} as const satisfies Record<string, { method: 'GET' | 'POST' }>

export type Action = keyof typeof ACTIONS

/** Every method that an action answers: reads take HEAD too, except the stream of events, which has no end to measure. */
export function methodsOf(action: Action): readonly ('GET' | 'HEAD' | 'POST')[] {
  const { method } = ACTIONS[action]
  return method === 'GET' && action !== 'events' ? ['GET', 'HEAD'] : [method]
}

/** Where the protocol is mounted unless an app says otherwise. */
export const DEFAULT_URL = '/api/jobs'
