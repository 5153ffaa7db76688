import {
  assertCatalog,
  assertNumbers,
  type BackoffPolicy,
  type LogThreshold,
  type NumberRange,
  SOME,
  SOME_TIME,
  type TaskCatalog,
  type TaskLogger,
} from '@brandkit/core'
import type { Principal } from './principal.js'
import type { QueueBackend } from './queue/queue-backend.js'
import type { Authorize } from './runtime/authorization.js'
import type { Generators } from './runtime/generator.js'
import type { TaskLifecycleListener } from './runtime/lifecycle.js'
import type { TaskLimits, TierLimits } from './runtime/limits.js'
import type { Timings } from './runtime/timings.js'
import type { TaskStore } from './store/task-store.js'

export interface TaskServerOptions<C extends TaskCatalog> {
  /** The task types: `brandTasks`, or your own `defineTasks({ … })`. */
  catalog: C
  store: TaskStore
  queue: QueueBackend
  /** Who asks? `null` answers 401. */
  authenticate: (request: Request) => Principal | null | Promise<Principal | null>
  /**
   * How far does a principal reach with an action? `own`: the principal's own tasks, in the principal's brands; `tenant`:
   * every task of the tenant; `false` answers 403. Default: operators reach the tenant, everybody else their own.
   */
  authorize?: Authorize | undefined
  /** What this server can run. A type without a generator answers 422. */
  generators: Generators<C>
  /** How many tasks principals may create, have under way and run. Default: no limits. */
  limits?: TaskLimits | undefined
  /** What differs for principals of a tier, by `principal.tier`: `{ premium: { maxPriority: 'high', defaultPriority: 'high' } }`. */
  tiers?: Readonly<Record<string, TierLimits>> | undefined
  /** Other origins (`https://app.example`) whose pages may send mutations and read answers, with cookies (CORS). Default: none. */
  allowedOrigins?: readonly string[] | undefined
  /** Tasks that run at once in this process. Default 10. */
  concurrency?: number | undefined
  /**
   * For push queues: ends an attempt after this many milliseconds, before the platform does, and hands the task to the
   * next invocation. Steps that are done are not repeated, and the attempt is not counted if at least one was. Choose
   * the platform's limit less a few seconds for connecting and answering. Default: no limit.
   */
  invocationBudgetMs?: number | undefined
  /** Time between attempts. Default: 1 s to 5 min, doubling, full jitter. */
  backoff?: BackoffPolicy | undefined
  timings?: Partial<Timings> | undefined
  /** Hears of what this process does to tasks, for logs and metrics. Best effort: the store is the truth. Default: nobody. */
  onEvent?: TaskLifecycleListener | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
  /**
   * Lines below it are not written: `debug` shows every request and every change of a task, `info` at most three lines a
   * task that goes well, `silent` nothing. Default `info`; with a `logger` of your own whatever that writes.
   */
  logLevel?: LogThreshold | undefined
}

/** JavaScript callers get a sentence instead of a failure at the first request. */
export function assertOptions(options: TaskServerOptions<TaskCatalog>): void {
  if (typeof options.authenticate !== 'function') {
    throw new TypeError(
      'createTaskServer needs `authenticate`: a function from a Request to a principal, or null. Without it everybody would be everybody.',
    )
  }
  for (const type of Object.keys(options.generators)) {
    if (!Object.hasOwn(options.catalog, type)) {
      throw new TypeError(
        `There is a generator for "${type}", which is not in the catalog. Known types: ${Object.keys(options.catalog).join(', ')}.`,
      )
    }
  }
  assertCatalog(options.catalog)
  assertNumbers('', options, { concurrency: SOME, invocationBudgetMs: BUDGET })
}

const BUDGET: NumberRange = { ...SOME_TIME, insteadOfInfinity: 'Leave it out for no limit.' }
