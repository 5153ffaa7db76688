/** What calls of one model have used, as stores keep it: all numbers are whole, so that sums are exact. */
export interface StoredUsage {
  /** Empty if the calls named none. */
  model: string
  /** ISO 4217; empty if the calls stated no cost. */
  currency: string
  inputTokens: number
  outputTokens: number
  /** Millionths of the currency's unit. */
  costMicros: number
}

/** What an attempt has used since its previous report. The number makes each report count once, however often it is sent. */
export interface UsageReport {
  /** The number of the attempt, as people count it. */
  attempt: number
  /** From 1, ascending within one lease. */
  sequence: number
  /** Each pair of model and currency appears once. */
  used: readonly StoredUsage[]
}

/** What sums are kept of for every month. */
export const USAGE_SUMS = ['tenant', 'user', 'brand', 'type', 'model'] as const

export interface UsageQuery {
  /** Default: all tenants together. */
  tenantId?: string | undefined
  /** `2026-11`, in UTC. Default: this month, by the store's clock. */
  month?: string | undefined
  /**
   * The sums to return, such as `{ by: 'user', id: 'ada' }`; without `id`, those of the greatest cost. `attempt` takes the id
   * of a task, and returns the sums of its attempts from any month.
   */
  sums: readonly UsageSelection[]
  /** Most rows for each selection. */
  limit: number
}

export type UsageSelection =
  | { by: (typeof USAGE_SUMS)[number]; id?: string | undefined }
  | { by: 'attempt'; id: string }

/** One sum. An id has one for each currency. */
export interface UsageSum extends Omit<StoredUsage, 'model'> {
  by: UsageSelection['by']
  /** The user, brand, tenant, type or model; or the number of an attempt. */
  id: string
}
