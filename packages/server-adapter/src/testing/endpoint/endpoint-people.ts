import type { Principal } from '../../principal.js'
import type { TaskLimits, TierLimits } from '../../runtime/creating/task-limits.js'
import type { Authorize } from '../../runtime/authorization.js'
import { PROVIDER } from './endpoint-tasks.js'

/** Who may call an endpoint under test, by `Authorization: Bearer <name>`. They share a tenant, and the brand aurora. */
export const endpointPeople = {
  ada: { tenantId: 'acme', userId: 'ada', brandIds: ['aurora', 'borealis'] },
  linus: { tenantId: 'acme', userId: 'linus', brandIds: ['aurora'] },
  /** An operator of the same tenant. */
  grace: { tenantId: 'acme', userId: 'grace', brandIds: ['aurora'], role: 'operator' },
  /** A colleague: reaches everybody's tasks of aurora, but deletes only her own. */
  hedy: { tenantId: 'acme', userId: 'hedy', brandIds: ['aurora'], tier: 'team' },
  /** Has a budget. */
  mary: { tenantId: 'acme', userId: 'mary', brandIds: ['aurora'], tier: 'trial' },
} satisfies Record<string, Principal>

/** The `limits` of a server under test. The budget is for the capability `operations`. */
export const endpointLimits = {
  budget: { perTenant: { cost: 1_000, currency: 'EUR' } },
  providers: { [PROVIDER]: { requestsPerMinute: 1 } },
} satisfies TaskLimits

/** Its `tiers`. */
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
