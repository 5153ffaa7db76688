import { assertOptions, type NumberRange, OBJECT, oneOf, type OptionKind, type OptionRules } from '@brandkit/core'
import { CURRENCY, DEFAULT_CURRENCY } from '../running/reported-usage.js'

/** What may be used in a calendar month, in UTC. With both members, the one that is reached first counts. */
export interface MonthlyAmount {
  /** In whole units of `currency`. Costs in other currencies do not count, and neither do calls without a stated cost. */
  cost?: number | undefined
  /** ISO 4217. Default `USD`. */
  currency?: string | undefined
  /** Input and output together. */
  tokens?: number | undefined
}

/** Monthly budgets. A budget that is left out does not apply. */
export interface TierBudget {
  /** For all tasks of one user. */
  perUser?: MonthlyAmount | undefined
  /** For all tasks of one brand. */
  perBrand?: MonthlyAmount | undefined
  /** For all tasks of one tenant. */
  perTenant?: MonthlyAmount | undefined
}

export interface TaskBudget extends TierBudget {
  /** When the budget renews. Default, and so far the only period: `month`. */
  per?: 'month' | undefined
  /**
   * Whether a running task fails with `budget_exhausted` before its next step begins, too. Its finished steps are kept.
   * Costs one read for each step. Default: only creates are refused.
   */
  stopsRunning?: boolean | undefined
}

const COST: NumberRange = { least: 0, most: 1e9, insteadOfInfinity: 'Leave it out for no limit.' }
const TOKENS: NumberRange = { least: 0, isWhole: true, insteadOfInfinity: 'Leave it out for no limit.' }
const AMOUNT: OptionRules<MonthlyAmount> = { cost: COST, currency: CURRENCY, tokens: TOKENS }
const TIER: OptionRules<TierBudget> = { perUser: OBJECT, perBrand: OBJECT, perTenant: OBJECT }
const SWITCH: OptionKind = { description: 'true or false', fits: (value) => typeof value === 'boolean' }
const BUDGET: OptionRules<TaskBudget> = { ...TIER, per: oneOf(['month']), stopsRunning: SWITCH }

const OWNERS = ['perUser', 'perBrand', 'perTenant'] as const

/** @throws TypeError or RangeError that names the option and what is allowed */
export function assertBudget(where: string, budget: TaskBudget, { of }: { of: 'server' | 'tier' }): void {
  assertOptions(where, budget, of === 'server' ? BUDGET : TIER, { isClosed: true })
  // A tier may have none, in the place of the server's.
  if (of === 'server' && OWNERS.every((owner) => budget[owner] === undefined))
    throw new TypeError(
      `${where} limits nothing. Give perUser, perBrand or perTenant: { perUser: { cost: 20, currency: 'EUR' } }.`,
    )
  for (const owner of OWNERS) {
    const amount = budget[owner]
    if (amount === undefined) continue
    assertOptions(`${where}.${owner}`, amount, AMOUNT, { isClosed: true })
    if (amount.cost === undefined && amount.tokens === undefined)
      throw new TypeError(`${where}.${owner} is empty. Give a cost, tokens or both: { cost: 20, currency: 'EUR' }.`)
  }
}

export function currencyOf({ currency = DEFAULT_CURRENCY }: MonthlyAmount): string {
  return currency
}
