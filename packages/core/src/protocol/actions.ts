/**
 * The actions of `/api/jobs?action=…` with their method and caller: a signed-in principal, the push queue with its
 * signature, or anybody.
 */
export const ACTIONS = {
  create: { method: 'POST', caller: 'principal' },
  process: { method: 'POST', caller: 'queue' },
  status: { method: 'GET', caller: 'principal' },
  text: { method: 'GET', caller: 'principal' },
  cancel: { method: 'POST', caller: 'principal' },
  retry: { method: 'POST', caller: 'principal' },
  delete: { method: 'POST', caller: 'principal' },
  list: { method: 'GET', caller: 'principal' },
  events: { method: 'GET', caller: 'principal' },
  usage: { method: 'GET', caller: 'principal' },
  stats: { method: 'GET', caller: 'principal' },
  audit: { method: 'GET', caller: 'principal' },
  health: { method: 'GET', caller: 'anybody' },
  openapi: { method: 'GET', caller: 'anybody' },
} as const satisfies Record<string, { method: 'GET' | 'POST'; caller: ActionCaller }>

export type ActionCaller = 'principal' | 'queue' | 'anybody'
export type Action = keyof typeof ACTIONS

/** The actions of one kind of caller. */
export type ActionOf<Caller extends ActionCaller> = {
  [Name in Action]: (typeof ACTIONS)[Name]['caller'] extends Caller ? Name : never
}[Action]

/** The methods of an action. Reads take HEAD too, except the event stream, which has no end. */
export function methodsOf(action: Action): readonly ('GET' | 'HEAD' | 'POST')[] {
  const { method } = ACTIONS[action]
  return method === 'GET' && action !== 'events' ? ['GET', 'HEAD'] : [method]
}

/** The path of the protocol, unless an app mounts it elsewhere. */
export const DEFAULT_URL = '/api/jobs'
