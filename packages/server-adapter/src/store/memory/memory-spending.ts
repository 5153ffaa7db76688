import { toStorableText } from '../storable-text.js'
import type { StoredUsage, UsageReport, UsageSum } from '../store-usage.js'

/** What the attempts of one task have used. Lasts as long as the row. */
export interface MemorySpending {
  /** The reports that are counted already. */
  readonly reports: Set<string>
  /** The key is model and currency. */
  readonly models: Map<string, StoredUsage>
  /** The key is attempt and currency. */
  readonly attempts: Map<string, UsageSum>
}

export function createSpending(): MemorySpending {
  return { reports: new Set(), models: new Map(), attempts: new Map() }
}

/** Counts a report once. Returns what is new: nothing for a repetition. */
export function spend(
  spending: MemorySpending,
  { attempt, sequence, used }: UsageReport,
  epoch: number,
): readonly StoredUsage[] {
  const report = `${epoch} ${sequence}`
  if (spending.reports.has(report)) return []
  spending.reports.add(report)
  const amounts = used.map((amount) => ({ ...amount, model: toStorableText(amount.model) }))
  for (const amount of amounts) {
    const { model, currency } = amount
    addTo(spending.models, [model, currency], { ...amount, ...NOTHING }, amount)
    addTo(spending.attempts, [attempt, currency], { by: 'attempt', id: String(attempt), currency, ...NOTHING }, amount)
  }
  return amounts
}

/** In the order of models, so that equal usage looks equal. */
export function usageOf({ models }: MemorySpending): StoredUsage[] {
  return [...models.values()].toSorted((a, b) => byText(a.model, b.model) || byText(a.currency, b.currency))
}

export function attemptsOf({ attempts }: MemorySpending): UsageSum[] {
  return [...attempts.values()].toSorted((a, b) => Number(a.id) - Number(b.id) || byText(a.currency, b.currency))
}

export const NOTHING = { inputTokens: 0, outputTokens: 0, costMicros: 0 } as const

type Amount = Pick<StoredUsage, keyof typeof NOTHING>

/** @param first the sum if this amount is the first under its key */
export function addTo<Sum extends Amount>(
  sums: Map<string, Sum>,
  keys: readonly (string | number)[],
  first: Sum,
  amount: Amount,
): void {
  const key = JSON.stringify(keys)
  const sum = sums.get(key) ?? first
  sums.set(key, {
    ...sum,
    inputTokens: sum.inputTokens + amount.inputTokens,
    outputTokens: sum.outputTokens + amount.outputTokens,
    costMicros: sum.costMicros + amount.costMicros,
  })
}

export function byText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
