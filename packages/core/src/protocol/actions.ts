/** The verbs of `/api/jobs?action=…` and the one method that each takes. */
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
  openapi: { method: 'GET' },
} as const satisfies Record<string, { method: 'GET' | 'POST' }>

export type Action = keyof typeof ACTIONS

/** Where the protocol is mounted unless an app says otherwise. */
export const DEFAULT_URL = '/api/jobs'
