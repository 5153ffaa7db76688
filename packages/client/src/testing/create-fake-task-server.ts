import {
  type Action,
  brandTasks,
  type GetHealthResponse,
  isTaskError,
  type TaskCatalog,
  TaskError,
  type TaskHints,
  type TaskJson,
  type TaskStreamEvent,
} from '@brandkit/core'
import { cancelTasks, deleteTask } from './fake-changes.js'
import { type FakeClock, realClock } from './fake-clock.js'
import { createTasks, type FakeKeys, retryTask } from './fake-create.js'
import { type FakeStream, watchTasks } from './fake-events.js'
import { getStats, listTasks } from './fake-list.js'
import { type FakeReply, toProblem, toResponse } from './fake-reply.js'
import { assertSameSite, readInput, toAction } from './fake-request.js'
import type { FakeScenario } from './fake-scenario.js'
import type { FakeCall, FakeServices } from './fake-services.js'
import { getStatus } from './fake-status.js'
import type { FakeTask } from './fake-task.js'
import { createFakeTaskStore } from './fake-task-store.js'
import { type FakeUser, userOfHeader } from './fake-user.js'
import { toExample } from './to-example.js'
import { toSeed } from './to-seed.js'

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
  /** What replies say of when to ask again, in milliseconds. Default 1,000. */
  pollAfterMs?: number | undefined
}

/** A task server inside a test, a story or a page without a backend. */
export interface FakeTaskServer {
  /** To be given to `createTaskService({ fetch })`. */
  readonly fetch: typeof globalThis.fetch
  /** Every request so far, as `GET status`. */
  readonly requests: string[]
  /** What replies say beside the facts, by task id. */
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
 * Makes a fetch handler that speaks the whole protocol over a memory of its own, by the rules of the real server. What
 * happens to a task is told by its scenario and the clock alone, so that a test sees the same every time.
 *
 * @example const service = createTaskService({ fetch: createFakeTaskServer().fetch })
 */
export function createFakeTaskServer(options: FakeTaskServerOptions = {}): FakeTaskServer {
  const { clock = realClock, scenario = {}, userOf = userOfHeader, pollAfterMs = 1_000 } = options
  const catalog: TaskCatalog = options.catalog ?? brandTasks
  const requests: string[] = []
  const hints: Record<string, TaskHints> = {}
  const keys: FakeKeys = new Map()
  const streams = new Set<FakeStream>()
  const examples = new Map<string, unknown>()
  let ids = 0

  const definitionOf = (type: string) => (Object.hasOwn(catalog, type) ? catalog[type] : undefined)
  const store = createFakeTaskStore({
    clock,
    stepsOf: (type) =>
      Object.entries(definitionOf(type)?.steps ?? {}).map(([key, { title, weight = 1 }]) => ({ key, title, weight })),
    resultOf(type) {
      const example =
        examples.get(type) ?? toExample(definitionOf(type)?.result.toJSONSchema({ unrepresentable: 'any' }))
      examples.set(type, example)
      return structuredClone(example)
    },
  })
  const services: FakeServices = {
    store,
    clock,
    catalog,
    serves: options.serves ?? Object.keys(catalog),
    scenarioOf: (task) => (typeof scenario === 'function' ? scenario(task) : scenario),
    pollAfterMs,
    hints,
    nextId: () => toTaskId(clock.now(), (ids += 1)),
  }

  const actions: Partial<Record<Action, (call: FakeCall<object>) => FakeReply | Promise<FakeReply>>> = {
    create: (call) => createTasks({ ...call, keys }),
    status: getStatus,
    cancel: cancelTasks,
    retry: retryTask,
    delete: deleteTask,
    list: listTasks,
    events: (call) => watchTasks({ ...call, streams }),
    stats: getStats,
    openapi: () => ({ body: { openapi: '3.1.0', info: { title: 'Fake task server', version: '0' }, paths: {} } }),
  }

  async function answer(request: Request): Promise<Response> {
    try {
      const action = toAction(request)
      // Load balancers do not sign in.
      if (action === 'health') return toResponse({ body: HEALTHY }, request)
      const run = actions[action]
      if (!run) throw new TaskError('not_found', 'This server pulls its tasks; nobody delivers them.')
      assertSameSite(request)
      const user = await userOf(request)
      if (!user) throw new TaskError('unauthenticated', 'Nobody is signed in. Sign in, or send a token, and try again.')
      const input = await readInput(request, action)
      store.catchUp()
      return toResponse(await run({ ...services, input, user, request }), request)
    } catch (error) {
      if (isTaskError(error)) return toProblem(error, request)
      throw error
    }
  }

  const find = (taskId: string): FakeTask => {
    store.catchUp()
    const task = store.get(taskId)
    if (task) return task
    throw new Error(`There is no task ${taskId}.`)
  }

  return {
    requests,
    hints,
    async fetch(resource, init) {
      const request = new Request(toAbsolute(resource), init)
      request.signal.throwIfAborted()
      requests.push(`${request.method} ${new URL(request.url).searchParams.get('action') ?? ''}`)
      const response = await answer(request)
      request.signal.throwIfAborted()
      return response
    },
    seed: (fields = {}) =>
      store.add(
        toSeed(fields, {
          now: clock.now(),
          taskId: services.nextId(),
          definition: definitionOf(fields.type ?? 'GENERATE_MEDIA_PLAN'),
        }),
        {
          tenantId: 'default',
          scenario: null,
        },
      ).json,
    change(taskId, fields) {
      const task = find(taskId)
      store.change(task, fields)
      return task.json
    },
    find: (taskId) => find(taskId).json,
    tasks() {
      store.catchUp()
      return store.all().map(({ json }) => json)
    },
    openStreams: () => streams.size,
    send(event) {
      for (const stream of streams) stream.send(event)
    },
    cutStreams() {
      for (const stream of streams) stream.cut()
    },
  }
}

const HEALTHY: GetHealthResponse = { status: 'ok', parts: { store: 'ok', queue: 'ok', worker: 'ok' } }

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
