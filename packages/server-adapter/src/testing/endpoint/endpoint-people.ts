import type { Principal } from '../../principal.js'
import type { Authorize } from '../../runtime/authorization.js'

/** Who may call an endpoint under test, by `Authorization: Bearer <name>`. They share a tenant, and the brand aurora. */
export const endpointPeople = {
  ada: { tenantId: 'acme', userId: 'ada', brandIds: ['aurora', 'borealis'] },
  linus: { tenantId: 'acme', userId: 'linus', brandIds: ['aurora'] },
  /** An operator of the same tenant. */
  grace: { tenantId: 'acme', userId: 'grace', brandIds: ['aurora'], role: 'operator' },
  /** A colleague: reaches everybody's tasks of aurora, but deletes only her own. */
  hedy: { tenantId: 'acme', userId: 'hedy', brandIds: ['aurora'], tier: 'team' },
} satisfies Record<string, Principal>
export type EndpointPerson = keyof typeof endpointPeople

/** How far they reach: the `authorize` of a server under test. */
export const authorizeEndpoint: Authorize = ({ principal, action }) => {
  if (principal.role === 'operator') return 'tenant'
  return principal.tier === 'team' && action !== 'delete' ? 'brand' : 'own'
}

/** Reads the token that the suite sends: the `authenticate` of a server under test. */
export function authenticateEndpoint(request: Request): Principal | null {
  const [scheme, name = ''] = (request.headers.get('authorization') ?? '').split(' ')
  return scheme === 'Bearer' && Object.hasOwn(endpointPeople, name) ? endpointPeople[name as EndpointPerson] : null
}
