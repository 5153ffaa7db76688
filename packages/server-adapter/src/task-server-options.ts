import {
  ANYTHING,
  assertCatalog,
  assertOptions,
  type BackoffPolicy,
  FUNCTION,
  isJsonObject,
  LIST,
  LOG_THRESHOLDS,
  type LogThreshold,
  OBJECT,
  oneOf,
  type OptionKind,
  type OptionRules,
  SOME,
  SOME_TIME,
  type TaskCatalog,
  type TaskLogger,
  toPrintable,
} from '@brandkit/core'
import type { Principal } from './principal.js'
import type { QueueBackend } from './queue/queue-backend.js'
import type { Authorize } from './runtime/authorization.js'
import type { Generator, Generators } from './runtime/running/generator.js'
import { assertNotifyOptions, type NotifyOptions } from './runtime/telling/notify-target.js'
import type { TaskLifecycleListener } from './runtime/lifecycle.js'
import type { TaskLimits, TierLimits } from './runtime/creating/task-limits.js'
import type { Timings } from './runtime/timings.js'
import type { TaskStore } from './store/task-store.js'

export interface TaskServerOptions<C extends TaskCatalog> {
  /** The task types: `brandTasks`, or your own `defineTasks({ … })`. */
  catalog: C
  /** Keeps the tasks: `postgresStore(…)`, `memoryStore()`. Default, together with `queue`: see `createTaskServer`. */
  store?: TaskStore | undefined
  /** Delivers the tasks: `pgBossQueue()`, `bullmqQueue(…)`, `qstashQueue(…)`, `memoryQueue()`. Default: as for `store`. */
  queue?: QueueBackend | undefined
  /** Tells who sends a request; `null` answers 401. A promise of more than 30 s answers 500 and ends an open stream. */
  authenticate: (request: Request) => Principal | null | Promise<Principal | null>
  /**
   * Tells how far a principal reaches with an action. `own`: the principal's own tasks, in the principal's brands;
   * `brand`: the tasks of all users in these brands; `tenant`: every task of the tenant; `false` answers 403. Default: `tenant` for operators, `own` for all others.
   * A promise that takes longer than 30 seconds answers 500.
   */
  authorize?: Authorize | undefined
  /** The functions that do the work, by task type. Creating a task of a type without a generator answers 422. */
  generators: Generators<C>
  /** How many tasks principals may create, have active and run. Default: no limits. */
  limits?: TaskLimits | undefined
  /** Limits of a tier, by `principal.tier`: `{ premium: { maxPriority: 'high', defaultPriority: 'high' } }`. Default: none. */
  tiers?: Readonly<Record<string, TierLimits>> | undefined
  /** Other origins (`https://app.example`) whose pages may send mutations and read answers, with cookies (CORS). Default: none. */
  allowedOrigins?: readonly string[] | undefined
  /** Generators that run at once in this process. Ends that are still on their way to the store do not count. Default 10. */
  concurrency?: number | undefined
  /**
   * For push queues: ends an attempt after this many milliseconds, before the platform does, and hands the task to the
   * next invocation. Finished steps are not repeated. The attempt does not count if it finished at least one step. Choose
   * the platform's limit less a few seconds for connecting and answering. Default: no limit.
   */
  invocationBudgetMs?: number | undefined
  /** Time between attempts. Default: 1 s to 5 min, doubling, full jitter. */
  backoff?: BackoffPolicy | undefined
  timings?: Partial<Timings> | undefined
  /**
   * Who is told of ended tasks although no page is open: webhooks, Web Push, e-mail. Stored with the end, delivered at least
   * once, for up to 24 hours. Default: nobody.
   */
  notify?: NotifyOptions | undefined
  /** Called when this process changes a task, for logs and metrics. Best effort: the store is the truth. Default: none. */
  onEvent?: TaskLifecycleListener | undefined
  /** Default: the console. */
  logger?: TaskLogger | undefined
  /**
   * The least level that is logged. `debug` shows every request and every change of a task, `info` at most three lines for
   * a successful task, `silent` nothing. Default: `info`, or with your own `logger` all levels.
   */
  logLevel?: LogThreshold | undefined
}

/** What keeps the tasks of a server, and what delivers them. */
export interface ServerDrivers {
  store: TaskStore
  queue: QueueBackend
}

const LOGGER: OptionKind = {
  description: 'an object with the functions debug, info, warn and error',
  // Some loggers are functions that have these four methods.
  fits: (given) => ['debug', 'info', 'warn', 'error'].every((level) => typeof Object(given)[level] === 'function'),
}

const RULES: OptionRules<TaskServerOptions<TaskCatalog>> = {
  catalog: OBJECT,
  store: OBJECT,
  queue: OBJECT,
  authenticate: FUNCTION,
  authorize: FUNCTION,
  generators: OBJECT,
  limits: OBJECT,
  tiers: OBJECT,
  allowedOrigins: LIST,
  concurrency: SOME,
  invocationBudgetMs: { ...SOME_TIME, insteadOfInfinity: 'Leave it out for no limit.' },
  // Checked by `assertBackoffPolicy`, which says how to make one.
  backoff: ANYTHING,
  timings: OBJECT,
  // Checked by `assertNotifyOptions`.
  notify: ANYTHING,
  onEvent: FUNCTION,
  logger: LOGGER,
  logLevel: oneOf(LOG_THRESHOLDS),
}

/**
 * Checks the options at once, so that JavaScript callers learn of a mistake before the first request.
 *
 * @param defaults the drivers of an app that names neither. An app that names one has the other in mind, too.
 * @returns the drivers to work with
 */
export function assertServerOptions(
  options: TaskServerOptions<TaskCatalog>,
  defaults?: () => ServerDrivers,
): ServerDrivers {
  if (typeof options?.authenticate !== 'function') {
    throw new TypeError(
      'createTaskServer needs `authenticate`: a function from a Request to a principal, or null. Without it everybody would be everybody.',
    )
  }
  assertOptions('', options, RULES, { needed: ['catalog', 'generators'], isClosed: true })
  const drivers =
    defaults && options.store === undefined && options.queue === undefined ? defaults() : toDrivers(options)
  assertCatalog(options.catalog)
  assertGenerators(options)
  assertNotifyOptions(options.notify)
  return drivers
}

function toDrivers({ store, queue }: Pick<TaskServerOptions<TaskCatalog>, 'store' | 'queue'>): ServerDrivers {
  assertOptions('', { store, queue }, { store: OBJECT, queue: OBJECT }, { needed: ['store', 'queue'] })
  const drivers = { store, queue } as ServerDrivers
  for (const part of ['store', 'queue'] as const) {
    if (isJsonObject(drivers[part].capabilities)) continue
    throw new TypeError(
      `${part} has no capabilities. Give what a factory makes, such as memory${part === 'store' ? 'Store' : 'Queue'}().`,
    )
  }
  return drivers
}

const GENERATOR_FUNCTIONS = new Set<unknown>(['GeneratorFunction', 'AsyncGeneratorFunction'])

function assertGenerators({ catalog, generators }: TaskServerOptions<TaskCatalog>): void {
  const types = Object.keys(catalog)
  const functions = Object.entries(generators).filter(([, generator]) => typeof generator === 'function')
  const stray = functions.map(([name]) => name).find((name) => !Object.hasOwn(catalog, name))
  if (stray !== undefined) {
    throw new TypeError(
      toPrintable(
        `There is a generator for "${stray}", which is not in the catalog. Known types: ${types.join(', ')}.`,
      ),
    )
  }
  assertOptions('generators', generators, Object.fromEntries(types.map((type) => [type, FUNCTION])))
  for (const [type, generator] of generatorsOf({ catalog, generators })) {
    // A `function*` returns an iterator, which any object schema would accept as the result.
    if (!GENERATOR_FUNCTIONS.has(Reflect.get(generator, Symbol.toStringTag))) continue
    throw new TypeError(
      `generators.${toPrintable(type)} is a \`function*\`, whose body would never run. Write \`async ({ payload, step }) => …\`.`,
    )
  }
}

/** The given generators by task type, bound to their object. They may be fields, or methods of a class. */
export function generatorsOf({
  catalog,
  generators,
}: Pick<TaskServerOptions<TaskCatalog>, 'catalog' | 'generators'>): Map<string, Generator<never>> {
  // The compiler has checked each generator against its type; the runtime uses one type for all.
  return new Map(
    Object.keys(catalog).flatMap((type) => {
      const generator = generators[type]
      // A method may use the other fields of its object.
      return generator === undefined ? [] : [[type, generator.bind(generators)] as const]
    }),
  )
}
