import {
  brandTasks,
  consoleSink,
  createLogger,
  describeError,
  LONGEST_TIME_MS,
  type TaskCatalog,
  type TaskHints,
  type TaskJson,
  type TaskLogger,
  type TaskStreamEvent,
} from '@brandkit/core'
import { assembleTaskServer } from '../../assemble-task-server.js'
import { DEFAULT_TENANT } from '../../principal.js'
import { createMemoryQueue } from '../../queue/memory-queue.js'
import type { Authorize } from '../../runtime/authorization.js'
import type { Generators } from '../../runtime/running/generator.js'
import type { MemoryRow } from '../../store/memory/memory-row.js'
import { createMemory } from '../../store/memory-store.js'
import type { TaskServer } from '../../task-server.js'
import { NO_TELEMETRY } from '../no-telemetry.js'
import { amendEstimates } from './amend-estimates.js'
import { checkScenario } from './check-scenario.js'
import { checkFields, checkTask } from './check-task.js'
import { type FakeClock, realClock, toClock } from './fake-clock.js'
import { changeRow, toChanged, toJson, toRow, toSeed } from './fake-rows.js'
import type { FakeScenario } from './fake-scenario.js'
import { type FakeUser, toPrincipal, userOfHeader } from './fake-user.js'
import { createScriptedGenerator } from './scripted-generator.js'
import { createScriptedQueue } from './scripted-queue.js'
import { createStreamTaps } from './stream-taps.js'
import { takingExamples } from './to-example-of.js'

export interface FakeTaskServerOptions {
  /** The task types. Default: the ten brand tasks. */
  catalog?: TaskCatalog | undefined
  /** The types that can be created. The server answers 422 for the other types of the catalog. Default: all. */
  serves?: readonly string[] | undefined
  /**
   * The time. Default: the machine's. A test that moves time takes `createManualClock`, whose `advance` waits for the server.
   * Fake timers (`vi.advanceTimersByTimeAsync`) run ahead of the server, which takes turns of the event loop between the steps
   * of a task. One long advance then leaves a task on its way.
   */
  clock?: FakeClock | undefined
  /**
   * How tasks proceed: one scenario for all tasks, or a function that chooses one for each task. `null`: only `change` moves
   * tasks. Default: each task completes in 7 s. A task whose function throws fails at once, and the log says why.
   */
  scenario?: FakeScenario | null | ((task: TaskJson) => FakeScenario | null) | undefined
  /** Who asks; `null` is answered with 401. Default: the user named in the header `x-fake-user`, else `ada`. */
  userOf?: ((request: Request) => FakeUser | null | Promise<FakeUser | null>) | undefined
  /** How far callers reach. Default: the server's, so an operator reaches the tenant and all others their own tasks. */
  authorize?: Authorize | undefined
  /** The pause before the next poll that replies ask for, in milliseconds. Default: the server's guess, at least 1,000. */
  pollAfterMs?: number | undefined
  /** Default: errors go to the console, except failed attempts, because scenarios plan them. */
  logger?: TaskLogger | undefined
}

export interface SeedOptions {
  /** The organisation that owns the task: the `tenantId` that `userOf` gives. Default `default`, as for a user without one. */
  tenantId?: string | undefined
}

/** A task server inside a test, a story or a page without a backend. */
export interface FakeTaskServer {
  /** For `createTaskService({ url, fetch })`. */
  readonly fetch: typeof globalThis.fetch
  /** Every request so far, as `GET status`. */
  readonly requests: string[]
  /** Estimates by task id. They replace the server's guesses in replies. */
  readonly hints: Record<string, TaskHints>
  /**
   * Puts a task into the store as if it had been created earlier. The task stays as it is until `change`.
   *
   * @throws TypeError for a wrong field and for an id that exists; nothing is written then
   */
  seed(fields?: Partial<TaskJson>, options?: SeedOptions): TaskJson
  /**
   * Writes a change with a new version. `undefined` removes an optional field.
   *
   * @throws TypeError for a wrong field and for a move of the status that `TRANSITIONS` of core lacks; nothing is written then
   */
  change(taskId: string, fields: Partial<TaskJson>): TaskJson
  /** @throws Error when there is none. */
  find(taskId: string): TaskJson
  /** Oldest first. */
  tasks(): TaskJson[]
  /** How many event streams are open. */
  openStreams(): number
  /** Sends a message on every open stream: `reconnect`, `unauthenticated`, `end` also close it. */
  send(event: TaskStreamEvent): void
  /** Cuts every open stream. */
  cutStreams(): void
}

/**
 * Makes a fetch handler in front of a real task server in memory. Its generators follow the scenario, and its time comes from
 * the clock, so that every run of a test sees the same.
 *
 * @throws TypeError for a wrong scenario, and for a clock without its functions
 *
 * @example
 *   const server = createFakeTaskServer()
 *   const service = createTaskService({ url: 'http://fake.test/api/jobs', fetch: server.fetch })
 */
export function createFakeTaskServer(options: FakeTaskServerOptions = {}): FakeTaskServer {
  const { scenario = {}, userOf = userOfHeader, authorize, pollAfterMs, logger = errorLogger } = options
  const catalog: TaskCatalog = options.catalog ?? brandTasks
  if (typeof scenario !== 'function') checkScenario(scenario)
  const clock = toClock(options.clock ?? realClock)
  const requests: string[] = []
  const hints: Record<string, TaskHints> = {}
  const taps = createStreamTaps()
  const { store, rows, changed } = createMemory({ now: clock.now })
  const scenarios = new Map<string, FakeScenario | null>()
  let ids = 0
  let starting: Promise<void> | undefined

  function createId(): string {
    const taskId = toTaskId(clock.now(), (ids += 1))
    // A test may have seeded this id.
    return rows.has(taskId) ? createId() : taskId
  }

  /** Calls the function of the test once for each task. */
  function scenarioOf(taskId: string): FakeScenario | null {
    const known = scenarios.get(taskId)
    if (known !== undefined) return known
    const chosen = typeof scenario === 'function' ? chooseScenario(scenario, taskId) : scenario
    scenarios.set(taskId, chosen)
    return chosen
  }

  function chooseScenario(choose: (task: TaskJson) => FakeScenario | null, taskId: string): FakeScenario | null {
    try {
      const chosen: unknown = choose(toJson(find(taskId)))
      if (typeof chosen === 'object') return checkScenario(chosen)
      throw new TypeError(`It returned ${typeof chosen}; it must return a scenario such as {}, or null.`)
    } catch (error) {
      const message = `The scenario function of the fake task server failed: ${describeError(error)}`
      logger.error(message, { taskId })
      return { startAfterMs: 0, failure: { message, retryable: false, atProgress: 0 } }
    }
  }

  function find(taskId: string): MemoryRow {
    const row = rows.get(taskId)
    if (row) return row
    throw new Error(`There is no task ${taskId}.`)
  }

  const server: TaskServer = assembleTaskServer(
    {
      catalog: Object.fromEntries(Object.entries(catalog).map(([type, task]) => [type, takingExamples(task)])),
      store,
      queue: createScriptedQueue(createMemoryQueue({ clock }), {
        startDelayOf(taskId) {
          const chosen = scenarioOf(taskId)
          return chosen && (chosen.startAfterMs ?? 800)
        },
      }),
      authenticate: async (request) => {
        const user = await userOf(request)
        return user && toPrincipal(user)
      },
      authorize,
      generators: Object.fromEntries(
        (options.serves ?? Object.keys(catalog)).map((type) => [
          type,
          createScriptedGenerator({
            definition: catalog[type]!,
            scenarioOf: (taskId) => scenarioOf(taskId) ?? {},
            clock,
          }),
        ]),
      ) as Generators<TaskCatalog>,
      concurrency: MOST_AT_ONCE,
      timings: TIMINGS,
      logger,
    },
    {
      telemetry: NO_TELEMETRY,
      clock,
      createId,
      drawPauseMs: () => 1_000,
      amendEstimates: (estimates) => amendEstimates(estimates, { hints, pollAfterMs }),
    },
  )

  return {
    requests,
    hints,
    async fetch(resource, init) {
      const request = new Request(toAbsolute(resource), init)
      request.signal.throwIfAborted()
      const action = new URL(request.url).searchParams.get('action') ?? ''
      requests.push(`${request.method} ${action}`)
      await (starting ??= server.start())
      const response = await server.handler(request)
      request.signal.throwIfAborted()
      return action === 'events' ? taps.tap(response, request) : response
    },
    seed(fields = {}, { tenantId = DEFAULT_TENANT } = {}) {
      checkFields(fields, 'seed')
      const { taskId, type = 'GENERATE_MEDIA_PLAN' } = fields
      if (taskId !== undefined && rows.has(taskId))
        throw new TypeError(`seed() wrote nothing. There is a task ${taskId} already; change() it, or seed another id.`)
      const definition = Object.hasOwn(catalog, type) ? catalog[type] : undefined
      const seed = toSeed(fields, { now: clock.now(), taskId: createId(), definition })
      const row = toRow(checkTask(seed, { action: 'seed', catalog }), { tenantId })
      scenarios.set(row.input.taskId, null)
      rows.set(row.input.taskId, row)
      changed(row)
      return toJson(row)
    },
    change(taskId, fields) {
      checkFields(fields, 'change')
      const row = find(taskId)
      const changes = toChanged(row, fields, clock.now())
      changeRow(row, checkTask(changes, { action: 'change', catalog, before: toJson(row) }))
      changed(row)
      return toJson(row)
    },
    find: (taskId) => toJson(find(taskId)),
    tasks: () => [...rows.values()].map(toJson),
    openStreams: () => taps.size,
    send: taps.send,
    cutStreams: taps.cut,
  }
}

const errorLogger = createLogger({
  level: 'error',
  sink: (entry) => {
    if (entry.fields['attempt'] === undefined) consoleSink(entry)
  },
})

/** Enough that no task waits for another. */
const MOST_AT_ONCE = 10_000

const DAY_MS = 24 * 60 * 60 * 1_000

/** So long that no task is lost, purged or ended by its age: only the scenario and the test move tasks. */
const TIMINGS = {
  leaseMs: 30 * DAY_MS,
  beatMs: DAY_MS,
  maintenanceMs: DAY_MS,
  retentionMs: LONGEST_TIME_MS,
  timeToLiveMs: LONGEST_TIME_MS,
  streamMs: LONGEST_TIME_MS,
}

type Resource = Parameters<typeof globalThis.fetch>[0]

/** Node.js refuses relative addresses. The fake task server answers for every host. */
function toAbsolute(resource: Resource): Resource {
  return typeof resource === 'string' && !URL.canParse(resource) ? new URL(resource, 'http://fake.test') : resource
}

/** A UUID version 7 (RFC 9562) with a counter in place of random bits, so that a test gets the same ids every time. */
function toTaskId(now: number, count: number): string {
  // A manual clock may stand between two milliseconds.
  const time = Math.floor(now).toString(16).padStart(12, '0')
  const counter = count.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${counter}`
}
