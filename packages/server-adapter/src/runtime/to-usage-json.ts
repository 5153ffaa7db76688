import type { TaskUsage, UsageAmount } from '@brandkit/core'
import type { StoredUsage } from '../store/store-usage.js'

const MICROS = 1_000_000

/** Whole units: the nearest number to the exact decimal fraction. */
export function fromMicros(costMicros: number): number {
  return costMicros / MICROS
}

export function toMicros(cost: number): number {
  return Math.round(cost * MICROS)
}

export function toTaskUsage(stored: StoredUsage): TaskUsage {
  return stored.model === '' ? toUsageAmount(stored) : { model: stored.model, ...toUsageAmount(stored) }
}

export function toUsageAmount({
  inputTokens,
  outputTokens,
  costMicros,
  currency,
}: Omit<StoredUsage, 'model'>): UsageAmount {
  if (currency === '') return { inputTokens, outputTokens }
  return { inputTokens, outputTokens, cost: fromMicros(costMicros), currency }
}
