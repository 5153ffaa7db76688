import type { GetUsageResponse, UsageAmount, UsageShare, UsageStats } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { KnownPrincipal } from '../../principal.js'
import type { UsageSum } from '../../store/store-usage.js'
import type { TaskStore } from '../../store/task-store.js'
import type { LimitPolicy } from '../creating/task-limits.js'
import { toUsageAmount } from '../to-usage-json.js'
import { toBudgetState } from './budget-left.js'
import { type Budgets, MOST_CURRENCIES } from './budgets.js'
import { toUsageMonth } from './usage-month.js'

/** The sums of one month, or those of a task's attempts, for server code. */
export interface UsageRequest {
  /** `attempt` gives the sums of each attempt of the task `id`, from any month. */
  by: 'tenant' | 'user' | 'brand' | 'type' | 'model' | 'attempt'
  /** Only the sums of this user, brand, …; of calls that named no model: `''`. Default: all, the greatest costs first. */
  id?: string | undefined
  /** Default: all tenants, in which equal ids of users and brands count as one. */
  tenantId?: string | undefined
  /** `2026-11`, in UTC. Default: this month. */
  month?: string | undefined
  /** 1 to 1,000 sums. Default 100. */
  limit?: number | undefined
}

/** Reads what models have used, from sums and never from tasks. */
export interface UsageReader {
  /** Undefined while nothing was used this month and no budget applies. */
  stats(tenantId?: string): Promise<UsageStats | undefined>
  ofCaller(caller: KnownPrincipal, month?: string): Promise<GetUsageResponse>
  sums(request: UsageRequest): Promise<UsageShare[]>
}

/** Every type of a catalog in every currency: their sum is the total. */
const MOST_TYPES = 1_000
const MOST_SHARES = 20
const DEFAULT_SUMS = 100

export function createUsageReader({
  policy,
  budgets,
  store,
  clock,
}: {
  policy: Pick<LimitPolicy, 'budget'>
  budgets: Budgets | undefined
  store: Pick<TaskStore, 'usage'>
  clock: Pick<Clock, 'now'>
}): UsageReader {
  return {
    async stats(tenantId) {
      const { month, endsAt } = toUsageMonth(clock.now())
      const [types, greatest] = await Promise.all([
        store.usage({ tenantId, month, sums: [{ by: 'type' }], limit: MOST_TYPES }),
        store.usage({ tenantId, month, sums: [{ by: 'model' }, { by: 'user' }, { by: 'brand' }], limit: MOST_SHARES }),
      ])
      const of = (by: UsageSum['by']) => greatest.filter((sum) => sum.by === by)
      const idsOf = (by: UsageSum['by']) => [...new Set(of(by).map(({ id }) => id))]
      const states =
        tenantId === undefined
          ? []
          : await budgets?.statesOf({ tenantId, userIds: idsOf('user'), brandIds: idsOf('brand') })
      if (types.length === 0 && !states?.length) return undefined
      return {
        month,
        endsAt,
        total: toTotal(types),
        types: types.slice(0, MOST_SHARES).map(toShare),
        models: of('model').map(toShare),
        users: of('user').map(toShare),
        budgets: states ?? [],
      }
    },

    async ofCaller({ tenantId, userId, tier }, asked) {
      const current = toUsageMonth(clock.now())
      const { month, endsAt } = asked === undefined ? current : toUsageMonth(Date.parse(asked))
      const sums = await store.usage({ tenantId, month, sums: [{ by: 'user', id: userId }], limit: MOST_CURRENCIES })
      const amount = month === current.month ? policy.budget?.of(tier).perUser : undefined
      return {
        month,
        endsAt,
        used: sums.map(toUsageAmount),
        ...(amount && { budget: toBudgetState(amount, { of: 'user', id: userId, sums }) }),
      }
    },

    async sums({ by, id, tenantId, month, limit = DEFAULT_SUMS }) {
      const sum = by === 'attempt' ? { by, id: id ?? '' } : { by, id }
      return (await store.usage({ tenantId, month, sums: [sum], limit })).map(toShare)
    },
  }
}

function toShare(sum: UsageSum): UsageShare {
  return { id: sum.id, ...toUsageAmount(sum) }
}

/** One amount for each currency, in the order of their first sums. */
function toTotal(sums: readonly UsageSum[]): UsageAmount[] {
  return [...Map.groupBy(sums, ({ currency }) => currency)].map(([currency, parts]) =>
    toUsageAmount({
      currency,
      inputTokens: parts.reduce((total, { inputTokens }) => total + inputTokens, 0),
      outputTokens: parts.reduce((total, { outputTokens }) => total + outputTokens, 0),
      costMicros: parts.reduce((total, { costMicros }) => total + costMicros, 0),
    }),
  )
}
