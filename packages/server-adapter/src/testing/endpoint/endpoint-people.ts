import type { Principal } from '../../principal.js'
import type { TierLimits } from '../../runtime/creating/task-limits.js'
import type { Authorize } from '../../runtime/authorization.js'

/** Who may call an endpoint under test, by `Authorization: Bearer <name>`. They share a tenant, and the brand aurora. */
export const endpointPeople = {
  ada: { tenantId: 'acme', userId: 'ada', brandIds: ['aurora', 'borealis'] },
  linus: { tenantId: 'acme', userId: 'linus', brandIds: ['aurora'] },
  /** An operator of the same tenant. Operators see budgets as those of their own tier. */
  grace: { tenantId: 'acme', userId: 'grace', brandIds: ['aurora'], role: 'operator', tier: 'trial' },
  /** A colleague: reaches everybody's tasks of aurora, but deletes only her own. */
  hedy: { tenantId: 'acme', userId: 'hedy', brandIds: ['aurora'], tier: 'team' },
  /** Has a budget. */
  mary: { tenantId: 'acme', userId: 'mary', brandIds: ['aurora'], tier: 'trial' },
} satisfies Record<string, Principal>

/** The `tiers` of a server under test. Without them, it has no `operations`. */
export const endpointTiers = {
  trial: { budget: { perUser: { cost: 1, currency: 'EUR' } } },
} satisfies Record<string, TierLimits>

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
