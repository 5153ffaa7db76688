import { TaskError } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { UsageSum } from '../../store/store-usage.js'
import type { TaskStore } from '../../store/task-store.js'
import { toMicros } from '../to-usage-json.js'
import { currencyOf, type MonthlyAmount, type TierBudget } from './task-budget.js'
import type { LimitPolicy } from './task-limits.js'

/** Who pays for tasks. */
export interface Payer {
  tenantId: string
  userId: string
  brandIds: readonly string[]
  tier?: string | undefined
}

/** Compares what was used this month with the budgets. */
export interface Budgets {
  /** Whether running tasks are stopped, too. */
  readonly stopsRunning: boolean
  /** Why nothing more may be spent; null while every budget lasts. */
  refusalOf(payer: Payer): Promise<TaskError | null>
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

  return {
    stopsRunning: budget.stopsRunning,
    async refusalOf({ tenantId, userId, brandIds, tier }) {
      const amounts = budget.of(tier)
      const idsOf = { perUser: [userId], perBrand: brandIds, perTenant: [tenantId] }
      const limited = (Object.keys(OWNERS) as Owner[]).filter((owner) => amounts[owner])
      const selections = limited.flatMap((owner) => idsOf[owner].map((id) => ({ by: OWNERS[owner], id })))
      if (selections.length === 0) return null
      const sums = await store.usage({ tenantId, sums: selections, limit: MOST_CURRENCIES })
      const passed = limited.find((owner) =>
        idsOf[owner].some((id) =>
          isUsedUp(
            amounts,
            owner,
            sums.filter((sum) => sum.by === OWNERS[owner] && sum.id === id),
          ),
        ),
      )
      return passed ? exhausted(passed, clock.now()) : null
    },
  }
}

/** The world has fewer currencies. */
const MOST_CURRENCIES = 200

function isUsedUp(budget: TierBudget, owner: Owner, sums: readonly UsageSum[]): boolean {
  const amount = budget[owner]
  return amount !== undefined && (isCostUsedUp(amount, sums) || tokensOf(sums) >= (amount.tokens ?? Infinity))
}

function isCostUsedUp(amount: MonthlyAmount, sums: readonly UsageSum[]): boolean {
  if (amount.cost === undefined) return false
  const spent = sums.find(({ currency }) => currency === currencyOf(amount))
  return (spent?.costMicros ?? 0) >= toMicros(amount.cost)
}

export function tokensOf(sums: readonly UsageSum[]): number {
  return sums.reduce((tokens, { inputTokens, outputTokens }) => tokens + inputTokens + outputTokens, 0)
}

const NAMES: Record<Owner, string> = {
  perUser: 'Your budget',
  perBrand: 'The budget of this brand',
  perTenant: 'The budget of your organisation',
}

function exhausted(owner: Owner, now: number): TaskError {
  const renewal = nextMonth(now)
  return new TaskError(
    'budget_exhausted',
    `${NAMES[owner]} for this month is used up. It renews on ${renewal.toISOString().slice(0, 10)} at 00:00 UTC; ask your team for more, or wait until then.`,
    { retryAfterMs: renewal.getTime() - now },
  )
}

/** The first moment of the next month, in UTC. */
export function nextMonth(now: number): Date {
  const date = new Date(now)
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1))
}
