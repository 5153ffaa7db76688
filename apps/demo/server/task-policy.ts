import { brandTasks, defineTask, defineTasks, type TaskLogger } from '@brandkit/core'
import {
  type Authorize,
  createTaskServer,
  type Generators,
  type NotifyOptions,
  type Principal,
  type TaskLifecycleListener,
  type TaskLimits,
  type TaskServer,
  type TaskStore,
  type TierLimits,
} from '@brandkit/server-adapter'
import { chooseQueue } from './backends.ts'
import { createFeeds } from './feeds/fetch-feed.ts'
import { createGenerators, type CreateGeneratorsOptions } from './generators/create-generators.ts'
import { createLanguageModel, MODEL_PROVIDER } from './model/language-model.ts'
import type { Environment } from './environment.ts'

/** The ten brand tasks as this studio offers them. */
const studioTasks = defineTasks({
  ...brandTasks,
  // Two kits at once would contradict each other: a brand has one palette and one voice.
  GENERATE_BRAND_KIT: defineTask({
    ...brandTasks.GENERATE_BRAND_KIT,
    unique: ({ brandId }) => brandId,
    onConflict: 'refuse',
  }),
})

/** Colleagues of a brand see, stop and repeat each other's tasks. Only the owner deletes a task. */
export const authorizeStudio: Authorize = ({ principal, action }) => {
  if (principal.role === 'operator') return 'tenant'
  return action === 'delete' ? 'own' : 'brand'
}

/** Limits for one person, so that a large batch does not delay other users. */
export const TASK_LIMITS = {
  // Four of the ten places of one process, so that other users find free places.
  runningPerUser: 4,
  activePerUser: 200,
  createPerMinute: 120,
  queued: 5_000,
  // Tokens, because a server without LLM_PRICES knows no costs. Without a model nothing is used.
  budget: { perUser: { tokens: 5_000_000 }, perTenant: { tokens: 50_000_000 } },
} satisfies TaskLimits

/** Premium tasks get high priority by default, and premium users may create more. */
export const TASK_TIERS = {
  free: { maxPriority: 'normal' },
  premium: {
    maxPriority: 'high',
    defaultPriority: 'high',
    createPerMinute: 600,
  },
} satisfies Record<string, TierLimits>

/** What pages may say about the limits of a person; before sign-in, those of everybody. */
export function limitsOf(person: { tier: keyof typeof TASK_TIERS } | null): {
  runningPerUser: number
  createPerMinute: number
} {
  const { runningPerUser, createPerMinute } = { ...TASK_LIMITS, ...(person && TASK_TIERS[person.tier]) }
  return { runningPerUser, createPerMinute }
}

export interface TaskSettings extends Partial<
  Pick<Environment, 'queue' | 'concurrency' | 'leaseMs' | 'drainMs' | 'modelRequestsPerMinute'>
> {
  logger: TaskLogger
}

interface TaskComposition extends TaskSettings {
  store: TaskStore
  authenticate: (request: Request) => Promise<Principal | null>
  generators: Generators<typeof brandTasks>
  /** Receives the lifecycle events of this process. */
  onEvent?: TaskLifecycleListener | undefined
  notify?: NotifyOptions | undefined
}

/** Makes the task server of the demo, the same for the web process and for workers. */
export function composeTasks({
  store,
  queue = { kind: 'pg-boss' },
  authenticate,
  generators,
  concurrency,
  leaseMs,
  drainMs,
  modelRequestsPerMinute = 60,
  logger,
  onEvent,
  notify,
}: TaskComposition): TaskServer {
  return createTaskServer({
    catalog: studioTasks,
    store,
    queue: chooseQueue(queue),
    authenticate,
    authorize: authorizeStudio,
    generators,
    limits: { ...TASK_LIMITS, providers: { [MODEL_PROVIDER]: { requestsPerMinute: modelRequestsPerMinute } } },
    tiers: TASK_TIERS,
    concurrency,
    logger,
    onEvent,
    notify,
    timings: {
      ...(leaseMs !== undefined && { leaseMs, beatMs: leaseMs / 4, maintenanceMs: leaseMs / 4 }),
      ...(drainMs !== undefined && { drainMs }),
    },
  })
}

export type GeneratorSettings = Partial<
  Pick<Environment, 'paceMs' | 'simulateFaults' | 'stepLedger' | 'languageModel' | 'trendFeeds' | 'trendFeedsNetwork'>
> &
  Pick<CreateGeneratorsOptions, 'beforeStep'>

/** Makes the ten generators from the environment's settings. The web process and every worker use the same. */
export function composeGenerators({ simulateFaults = true, languageModel, ...settings }: GeneratorSettings) {
  const { paceMs, stepLedger, beforeStep, trendFeeds, trendFeedsNetwork } = settings
  return createGenerators({
    paceMs,
    stepLedger,
    beforeStep,
    simulatedFaults: simulateFaults ? 'heeded' : 'ignored',
    model: languageModel && createLanguageModel(languageModel),
    feeds: createFeeds({ list: trendFeeds, network: trendFeedsNetwork }),
  })
}
