import type { Principal } from '../../principal.js'

/** Who may call an endpoint under test, by `Authorization: Bearer <name>`. They share a tenant, and the brand aurora. */
export const endpointPeople = {
  ada: { tenantId: 'acme', userId: 'ada', brandIds: ['aurora', 'borealis'] },
  linus: { tenantId: 'acme', userId: 'linus', brandIds: ['aurora'] },
  /** An operator of the same tenant. */
  grace: { tenantId: 'acme', userId: 'grace', brandIds: ['aurora'], role: 'operator' },
} satisfies Record<string, Principal>
export type EndpointPerson = keyof typeof endpointPeople

/** Reads the token that the suite sends: the `authenticate` of a server under test. */
export function authenticateEndpoint(request: Request): Principal | null {
  const [scheme, name = ''] = (request.headers.get('authorization') ?? '').split(' ')
  return scheme === 'Bearer' && Object.hasOwn(endpointPeople, name) ? endpointPeople[name as EndpointPerson] : null
}
