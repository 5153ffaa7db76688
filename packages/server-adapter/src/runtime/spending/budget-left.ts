import type { BudgetState } from '@brandkit/core'
import type { UsageSum } from '../../store/store-usage.js'
import { fromMicros, toMicros } from '../to-usage-json.js'
import { currencyOf, type MonthlyAmount } from './task-budget.js'

/** The state of a budget after these sums, which hold every currency of its owner. */
export function toBudgetState(
  amount: MonthlyAmount,
  { of, id, sums }: Pick<BudgetState, 'of' | 'id'> & { sums: readonly UsageSum[] },
): BudgetState {
  const { cost, tokens } = amount
  const currency = currencyOf(amount)
  const spent = sums.find((sum) => sum.currency === currency)?.costMicros ?? 0
  return {
    of,
    id,
    ...(cost !== undefined && { cost, currency }),
    ...(tokens !== undefined && { tokens }),
    left: {
      // Subtracted as whole numbers, because 20 - 19.9 would be 0.10000000000000142.
      ...(cost !== undefined && { cost: fromMicros(Math.max(0, toMicros(cost) - spent)) }),
      ...(tokens !== undefined && { tokens: Math.max(0, tokens - tokensOf(sums)) }),
    },
  }
}

/** Whether nothing is left of the cost, or nothing of the tokens. */
export function isUsedUp({ left }: BudgetState): boolean {
  return left.cost === 0 || left.tokens === 0
}

function tokensOf(sums: readonly UsageSum[]): number {
  return sums.reduce((tokens, { inputTokens, outputTokens }) => tokens + inputTokens + outputTokens, 0)
}
