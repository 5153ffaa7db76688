import { type BudgetState, TaskError } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { TaskStore } from '../../store/task-store.js'
import type { LimitPolicy } from '../creating/task-limits.js'
import { isUsedUp, toBudgetState } from './budget-left.js'
import type { TierBudget } from './task-budget.js'
import { toUsageMonth } from './usage-month.js'

/** Who pays for tasks. */
interface Payers {
  tenantId: string
  userIds: readonly string[]
  brandIds: readonly string[]
}

/** Compares what was used this month with the budgets. */
export interface Budgets {
  /** Whether running tasks are stopped, too. */
  readonly stopsRunning: boolean
  /**
   * The budgets of these users, of these brands, and of their tenant. Budgets that tiers replace are left out: a tier belongs
   * to a principal, so nobody knows those of the users here.
   */
  statesOf(payers: Payers): Promise<BudgetState[]>
  /** Why nothing more may be spent; null while every budget lasts. */
  refusalOf(payers: Payers & { tier: string | undefined }): Promise<TaskError | null>
}

const OWNERS = { perUser: 'user', perBrand: 'brand', perTenant: 'tenant' } as const
type Owner = keyof typeof OWNERS

/**
 * Undefined if the server has no budgets, which spares every create a read. Usage is read as it is stored: what tasks under
 * way will still report may pass a budget, and so may creates of the same instant.
 */
export function createBudgets({
  policy,
  store,
  clock,
}: {
  policy: Pick<LimitPolicy, 'budget'>
  store: Pick<TaskStore, 'usage'>
  clock: Pick<Clock, 'now'>
}): Budgets | undefined {
  const { budget } = policy
  if (!budget) return undefined
  const { stopsRunning } = budget

  const read = async (amounts: TierBudget, { tenantId, userIds, brandIds }: Payers): Promise<BudgetState[]> => {
    const idsOf = { perUser: userIds, perBrand: brandIds, perTenant: [tenantId] }
    const owners = (Object.keys(OWNERS) as Owner[]).flatMap((owner) => {
      const amount = amounts[owner]
      return amount ? idsOf[owner].map((id) => ({ amount, of: OWNERS[owner], id })) : []
    })
    if (owners.length === 0) return []
    const sums = await store.usage({
      tenantId,
      sums: owners.map(({ of, id }) => ({ by: of, id })),
      limit: MOST_CURRENCIES,
    })
    return owners.map(({ amount, of, id }) =>
      toBudgetState(amount, { of, id, sums: sums.filter((sum) => sum.by === of && sum.id === id) }),
    )
  }

  return {
    stopsRunning,
    statesOf: (payers) => read(budget.common, payers),
    async refusalOf({ tier, ...payers }) {
      const passed = (await read(budget.of(tier), payers)).find(isUsedUp)
      return passed ? exhausted(passed, clock.now()) : null
    },
  }
}

/** The world has fewer currencies. */
export const MOST_CURRENCIES = 200

const NAMES: Record<BudgetState['of'], string> = {
  user: 'Your budget',
  brand: 'The budget of this brand',
  tenant: 'The budget of your organisation',
}

function exhausted({ of }: BudgetState, now: number): TaskError {
  const { endsAt } = toUsageMonth(now)
  return new TaskError(
    'budget_exhausted',
    `${NAMES[of]} for this month is used up. It renews on ${endsAt.slice(0, 10)}, 00:00 UTC; ask your team for more, or wait until then.`,
    { retryAfterMs: Date.parse(endsAt) - now },
  )
}
