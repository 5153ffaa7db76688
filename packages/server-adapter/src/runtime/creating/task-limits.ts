import {
  assertOptions,
  FUNCTION,
  type NumberRange,
  OBJECT,
  oneOf,
  type OptionRules,
  SOME,
  TASK_PRIORITIES,
  type TaskCatalog,
  type TaskPriority,
} from '@brandkit/core'
import type { KnownPrincipal } from '../../principal.js'
import type { ClaimLimits, CreateLimits } from '../../store/store-limits.js'
import { assertBudget, type TaskBudget, type TierBudget } from '../spending/task-budget.js'
import type { LimiterAnswer } from '../limiter-answer.js'
import { assertProviders, type CreateProviderLimiter, type ProviderLimits } from '../providers/provider-limits.js'

/** The limits of one principal. A limit that is left out does not apply. */
interface PrincipalLimits {
  /** Tasks that one principal may create in a minute; beyond, 429 `rate_limited`. */
  createPerMinute?: number | undefined
  /** Tasks of one principal that may be queued or running; beyond, 429 `too_many_active_tasks`. */
  activePerUser?: number | undefined
}

/** A limiter as in rate-limiter-flexible. Rejects with a `LimiterAnswer` when the points are used up. */
export interface CreateLimiter {
  consume(key: string, points: number): Promise<LimiterAnswer>
}

export interface TaskLimits extends PrincipalLimits {
  /**
   * Makes the limiter that counts creates. Default: a window of a minute in this process's memory. Give a factory if several
   * processes serve requests, for example `({ points, duration }) => new RateLimiterRedis({ storeClient, points, duration })`
   * of rate-limiter-flexible. Creates pass while the limiter fails, gives no numbers or takes longer than 2 s.
   */
  createLimiter?: ((policy: { points: number; duration: number }) => CreateLimiter) | undefined
  /** Queued tasks of all principals together; beyond, 503 `queue_full`. */
  queued?: number | undefined
  /**
   * What models may use in a calendar month, as generators report it; beyond, 429 `budget_exhausted` with the time of
   * renewal. Usage is read as it is stored: tasks under way, and creates of the same instant, may pass a budget.
   */
  budget?: TaskBudget | undefined
  /** Tasks of one principal that run at once over all workers; the principal's further tasks are held until one ends. */
  runningPerUser?: number | undefined
  /**
   * What generators may ask of providers in a minute, over all workers, by the provider's name:
   * `{ openai: { requestsPerMinute: 500, tokensPerMinute: 200_000 } }`. Generators take from it by `provider`.
   */
  providers?: ProviderLimits | undefined
  /**
   * Makes the limiters that count what providers were asked for. Default: in the store's Postgres, or in this process's memory
   * for a store that one process has for itself. For Redis give
   * `(policy) => new RateLimiterRedis({ storeClient, ...policy })` of rate-limiter-flexible. Generators go on while a limiter
   * fails or takes longer than 2 s.
   */
  providerLimiter?: CreateProviderLimiter | undefined
}

/** The limits and priorities of a tier (`principal.tier`). */
export interface TierLimits extends PrincipalLimits {
  /** The highest priority that a principal of this tier may ask for. Default `normal`. */
  maxPriority?: TaskPriority | undefined
  /** The priority of a task whose request names none, up to the ceilings. Default `normal`. */
  defaultPriority?: TaskPriority | undefined
  /** Replaces the budgets of `limits` that it names. */
  budget?: TierBudget | undefined
}

export interface LimitPolicy {
  /** Undefined without limits, which spares the store the counting. */
  readonly claim: ClaimLimits | undefined
  /** Undefined if neither the server nor a tier has a budget. */
  readonly budget:
    | {
        stopsRunning: boolean
        of(tier: string | undefined): TierBudget
        /** The budgets that no tier replaces, so that they hold for everybody. */
        common: TierBudget
      }
    | undefined
  create(principal: KnownPrincipal): CreateLimits | undefined
  createPerMinute(principal: KnownPrincipal): number | undefined
  maxPriority(principal: KnownPrincipal): TaskPriority
  defaultPriority(principal: KnownPrincipal): TaskPriority
}

/** @throws TypeError or RangeError for an unknown name, an unknown priority, or a limit that is not a whole number from 1 */
export function createLimitPolicy(
  catalog: TaskCatalog,
  limits: TaskLimits = {},
  tiers: Readonly<Record<string, TierLimits>> = {},
): LimitPolicy {
  assertOptions('limits', limits, LIMITS, { isClosed: true })
  if (limits.budget) assertBudget('limits.budget', limits.budget, { of: 'server' })
  for (const [tier, own] of Object.entries(tiers)) {
    assertOptions(`tiers.${tier}`, own, TIER, { isClosed: true })
    if (own.budget) assertBudget(`tiers.${tier}.budget`, own.budget, { of: 'tier' })
  }
  const hasBudget = [limits, ...Object.values(tiers)].some(({ budget }) => budget !== undefined)
  assertProviders(limits.providers)

  function tierOf(tier: string | undefined): TierLimits {
    // `hasOwn`, because every object inherits names such as `constructor`.
    if (tier === undefined || !Object.hasOwn(tiers, tier)) return {}
    return tiers[tier] ?? {}
  }

  return {
    claim: toClaimLimits(catalog, limits),
    budget: hasBudget
      ? {
          stopsRunning: limits.budget?.stopsRunning ?? false,
          common: commonBudget(limits, Object.values(tiers)),
          of(tier) {
            const own = tierOf(tier).budget ?? {}
            return {
              perUser: own.perUser ?? limits.budget?.perUser,
              perBrand: own.perBrand ?? limits.budget?.perBrand,
              perTenant: own.perTenant ?? limits.budget?.perTenant,
            }
          },
        }
      : undefined,
    create(principal) {
      const activePerUser = tierOf(principal.tier).activePerUser ?? limits.activePerUser
      if (activePerUser === undefined && limits.queued === undefined) return undefined
      return { activePerUser, queued: limits.queued }
    },
    createPerMinute: (principal) => tierOf(principal.tier).createPerMinute ?? limits.createPerMinute,
    maxPriority: (principal) => principal.maxPriority ?? tierOf(principal.tier).maxPriority ?? 'normal',
    defaultPriority: (principal) => tierOf(principal.tier).defaultPriority ?? 'normal',
  }
}

function commonBudget({ budget = {} }: TaskLimits, tiers: readonly TierLimits[]): TierBudget {
  const unlessReplaced = (owner: keyof TierBudget) =>
    tiers.some((tier) => tier.budget?.[owner] !== undefined) ? undefined : budget[owner]
  return {
    perUser: unlessReplaced('perUser'),
    perBrand: unlessReplaced('perBrand'),
    perTenant: unlessReplaced('perTenant'),
  }
}

function toClaimLimits(catalog: TaskCatalog, { runningPerUser }: TaskLimits): ClaimLimits | undefined {
  const perType = Object.fromEntries(
    Object.entries(catalog).flatMap(([type, { concurrency }]) =>
      concurrency === undefined ? [] : [[type, concurrency]],
    ),
  )
  if (Object.keys(perType).length > 0) return { perUser: runningPerUser, perType }
  return runningPerUser === undefined ? undefined : { perUser: runningPerUser }
}

const LIMIT: NumberRange = { ...SOME, insteadOfInfinity: 'Leave it out for no limit.' }
const PRINCIPAL: OptionRules<PrincipalLimits> = { createPerMinute: LIMIT, activePerUser: LIMIT }
const LIMITS: OptionRules<TaskLimits> = {
  ...PRINCIPAL,
  queued: LIMIT,
  runningPerUser: LIMIT,
  createLimiter: FUNCTION,
  budget: OBJECT,
  providers: OBJECT,
  providerLimiter: FUNCTION,
}
const PRIORITY = oneOf(TASK_PRIORITIES)
const TIER: OptionRules<TierLimits> = { ...PRINCIPAL, maxPriority: PRIORITY, defaultPriority: PRIORITY, budget: OBJECT }
