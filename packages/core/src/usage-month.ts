import type { UsageAmount } from './task-usage.js'

/** The sum of one user, brand, type, … in one currency. */
export interface UsageShare extends UsageAmount {
  /** The user, brand, type or model. Empty for calls that named no model. */
  id: string
}

/** A budget of one user, brand or tenant, and what is left of it. With `cost` and `tokens`, the one that ends first counts. */
export interface BudgetState {
  of: 'user' | 'brand' | 'tenant'
  /** The user, brand or tenant. */
  id: string
  /** In whole units of `currency`. Costs in other currencies do not count. */
  cost?: number
  currency?: string
  /** Input and output together. */
  tokens?: number
  /** Never below 0. Nothing more can be created when one of them is 0. */
  left: { cost?: number; tokens?: number }
}

/** A calendar month in UTC. */
export interface UsageMonth {
  /** `2026-11` */
  month: string
  /** When the next month begins, and budgets renew. ISO 8601. */
  endsAt: string
}

/**
 * What models have used this month, for operators. Each currency has an entry of its own, because currencies are never added
 * together; one without a currency is for calls that stated no cost. The greatest costs come first.
 */
export interface UsageStats extends UsageMonth {
  total: UsageAmount[]
  /** At most 20, as for models and users. */
  types: UsageShare[]
  models: UsageShare[]
  users: UsageShare[]
  /**
   * The budgets of the users and brands that have used most, and of the tenant. Budgets that some tier replaces are left out,
   * because sums know no tiers. Empty in figures of all tenants.
   */
  budgets: BudgetState[]
}

/** `GET ?action=usage`: what the caller has used in a month. */
export interface GetUsageResponse extends UsageMonth {
  /** One entry for each currency, and one for calls that stated no cost. */
  used: UsageAmount[]
  /** The caller's own budget. Absent without one, and for an earlier month. */
  budget?: BudgetState
}

/** The month that a caller asks for. */
export interface UsageMonthQuery {
  /** `2026-11`, in UTC. Default: this month. */
  month?: string | undefined
}
