import type { TaskLogger } from '@brandkit/core'
import type { Clock } from '../../clock.js'
import type { TaskStore } from '../../store/task-store.js'
import type { TaskLimits } from '../creating/task-limits.js'
import { generatorMistake } from '../plain-message.js'
import { ProviderBudget } from './provider-budget.js'
import { loadProviderLimiters } from './provider-limiters.js'

/** The budgets of all providers that the server has limits for. */
export interface ProviderBudgets {
  /** @throws TaskError `internal_error` for a provider without a limit, and for more tokens than a minute allows */
  find(name: string, tokens: number): Promise<ProviderBudget>
}

interface ProviderBudgetsOptions {
  store: TaskStore
  clock: Clock
  logger: TaskLogger
}

/** Undefined without limits, so that such a server pays nothing for them. */
export function createProviderBudgets(
  { providers, providerLimiter }: TaskLimits = {},
  { store, clock, logger }: ProviderBudgetsOptions,
): ProviderBudgets | undefined {
  if (!providers || Object.keys(providers).length === 0) return undefined
  const limits = new Map(Object.entries(providers))
  let loading: Promise<Map<string, ProviderBudget>> | undefined

  async function load(): Promise<Map<string, ProviderBudget>> {
    const createLimiter = providerLimiter ?? (await loadProviderLimiters({ store, logger }))
    return new Map(
      [...limits].map(([name, limit]) => [name, new ProviderBudget({ name, limit, createLimiter, clock, logger })]),
    )
  }

  return {
    async find(name, tokens) {
      loading ??= load()
      const budget = (await loading).get(name)
      if (!budget)
        throw generatorMistake(
          `There is no provider "${name}" in limits.providers. Known providers: ${[...limits.keys()].join(', ')}.`,
        )
      if (!Number.isInteger(tokens) || tokens < 0)
        throw generatorMistake(`provider("${name}", { tokens: ${tokens} }): give a whole number from 0.`)
      const { tokensPerMinute = Infinity } = budget
      if (tokens > tokensPerMinute)
        throw generatorMistake(
          `provider("${name}", { tokens: ${tokens} }): a minute allows ${tokensPerMinute}, so that it would wait for ever. Ask for less at once, or raise limits.providers.${name}.tokensPerMinute.`,
        )
      return budget
    },
  }
}
