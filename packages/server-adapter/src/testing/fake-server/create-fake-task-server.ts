import {
  brandTasks,
  LONGEST_TIME_MS,
  silentLogger,
  type TaskCatalog,
  type TaskHints,
  type TaskJson,
  type TaskStreamEvent,
} from '@brandkit/core'
import { assembleTaskServer } from '../../assemble-task-server.js'
import { createMemoryQueue } from '../../queue/memory-queue.js'
import type { Generators } from '../../runtime/running/generator.js'
import type { Telemetry } from '../../runtime/telemetry.js'
import type { MemoryRow } from '../../store/memory/memory-row.js'
import { createMemory } from '../../store/memory-store.js'
import type { TaskServer } from '../../task-server.js'
import { amendEstimates } from './amend-estimates.js'
import { type FakeClock, realClock, toClock } from './fake-clock.js'
import { changeRow, toJson, toRow, toSeed } from './fake-rows.js'
import type { FakeScenario } from './fake-scenario.js'
import { type FakeUser, toPrincipal, userOfHeader } from './fake-user.js'
import { createScriptedGenerator } from './scripted-generator.js'
import { createScriptedQueue } from './scripted-queue.js'
import { createStreamTaps } from './stream-taps.js'
import { takingExamples } from './to-example-of.js'

export interface FakeTaskServerOptions {
  /** The task types. Default: the ten brand tasks. */
  catalog?: TaskCatalog | undefined
  /** The types that can be created; those of the catalog that are not among them answer 422. Default: all. */
  serves?: readonly string[] | undefined
  /** The time. Default: the machine's. */
  clock?: FakeClock | undefined
  /** How tasks proceed: all alike, or each as its task says. `null`: only by `change`. Default: each completes in 7 s. */
  scenario?: FakeScenario | null | ((task: TaskJson) => FakeScenario | null) | undefined
  /** Who asks; `null` is answered with 401. Default: the user named in the header `x-fake-user`, else `ada`. */
  userOf?: ((request: Request) => FakeUser | null | Promise<FakeUser | null>) | undefined
  /** What replies say of when to ask again, in milliseconds. Default: what the server guesses, at least 1,000. */
  pollAfterMs?: number | undefined
}

/** A task server inside a test, a story or a page without a backend. */
export interface FakeTaskServer {
  /** To be given to `createTaskService({ fetch })`. */
  readonly fetch: typeof globalThis.fetch
  /** Every request so far, as `GET status`. */
  readonly requests: string[]
  /** What replies say beside the facts, by task id, in place of what the server would guess. */
  readonly hints: Record<string, TaskHints>
  /** Puts a task into the store as if it had been created earlier; it stays as it is until `change`. */
  seed(fields?: Partial<TaskJson>): TaskJson
  /** Writes a change with a new version. */
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
 * Makes a fetch handler before a real task server in memory. Its generators do what the scenario says and its time is that of
 * the clock, so that a test sees the same every time.
 *
 * @example const service = createTaskService({ fetch: createFakeTaskServer().fetch })
 */
export function createFakeTaskServer(options: FakeTaskServerOptions = {}): FakeTaskServer {
  const { scenario = {}, userOf = userOfHeader, pollAfterMs } = options
  const catalog: TaskCatalog = options.catalog ?? brandTasks
  const clock = toClock(options.clock ?? realClock)
  const requests: string[] = []
  const hints: Record<string, TaskHints> = {}
  const taps = createStreamTaps()
  const { store, rows, changed } = createMemory({ now: clock.now })
  const scenarios = new Map<string, FakeScenario | null>()
  let ids = 0
  let starting: Promise<void> | undefined

  const createId = () => toTaskId(clock.now(), (ids += 1))

  /** Asked once for each task. */
  function scenarioOf(taskId: string): FakeScenario | null {
    const known = scenarios.get(taskId)
    if (known !== undefined) return known
    const chosen = typeof scenario === 'function' ? scenario(toJson(find(taskId))) : scenario
    scenarios.set(taskId, chosen)
    return chosen
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
      logger: silentLogger,
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
    seed(fields = {}) {
      const definition = catalog[fields.type ?? 'GENERATE_MEDIA_PLAN']
      const row = toRow(toSeed(fields, { now: clock.now(), taskId: createId(), definition }))
      scenarios.set(row.input.taskId, null)
      rows.set(row.input.taskId, row)
      changed(row)
      return toJson(row)
    },
    change(taskId, fields) {
      const row = find(taskId)
      changeRow(row, fields, clock.now())
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

/** Enough that no task waits for another. */
const MOST_AT_ONCE = 10_000

const DAY_MS = 24 * 60 * 60 * 1_000

/** Nothing is lost, purged or ended by its age: what happens is what the scenario and the test say. */
const TIMINGS = {
  leaseMs: 30 * DAY_MS,
  beatMs: DAY_MS,
  maintenanceMs: DAY_MS,
  retentionMs: LONGEST_TIME_MS,
  timeToLiveMs: LONGEST_TIME_MS,
  streamMs: LONGEST_TIME_MS,
}

/** OpenTelemetry is an optional peer, which a page's bundler would look for. */
const NO_TELEMETRY: Telemetry = {
  open: async () => {},
  close: () => {},
  activeTraceId: () => null,
  create: (_facts, run) => run(undefined),
  attempt: (_task, run) => run(() => {}),
  step: async (_key, run) => run(),
  call: (_facts, run) => run(),
  detached: (run) => run(),
  record: () => {},
  leasesLost: () => {},
}

type Resource = Parameters<typeof globalThis.fetch>[0]

/** On Node a relative address means nothing, and here it does not matter which server it names. */
function toAbsolute(resource: Resource): Resource {
  return typeof resource === 'string' && !URL.canParse(resource) ? new URL(resource, 'http://fake.test') : resource
}

/** A UUID version 7 (RFC 9562) with a counter where others have chance, so that a test gets the same ids every time. */
function toTaskId(now: number, count: number): string {
  const time = now.toString(16).padStart(12, '0')
  const counter = count.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${counter}`
}
