import type { brandTasks, TaskLogger } from '@brandkit/core'
import {
  createTaskServer,
  type Generators,
  type NotifyOptions,
  type Principal,
  type TaskLifecycleListener,
  type TaskServer,
  type TaskStore,
} from '@brandkit/server-adapter'
import { chooseQueue } from './backends.ts'
import { createFeeds } from './feeds/create-feeds.ts'
import { createGenerators, type CreateGeneratorsOptions } from './generators/create-generators.ts'
import { createLanguageModel, MODEL_PROVIDER } from './model/language-model.ts'
import type { Environment } from './environment.ts'
import { authorizeStudio, studioTasks, TASK_LIMITS, TASK_TIERS } from './task-policy.ts'

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
