import { createTaskService } from '@brandkit/client'
import { brandTasks, type GetStatsResponse, silentLogger, TaskError, type TaskJson } from '@brandkit/core'
import { createFakeTaskServer, type FakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'
import type { OperationsService } from '../src/operations/operations-context.js'
import { SCENARIO_TIME } from '../src/testing/scenario-time.js'
import { toScenarioTask } from '../src/testing/to-scenario-task.js'

const MINUTE = 60
const PEOPLE = ['ada', 'grace', 'linus', 'hedy', 'margaret'] as const
const NAMES: Readonly<Record<string, string>> = {
  ada: 'Ada Lovelace',
  grace: 'Grace Hopper',
  linus: 'Linus Pauling',
  hedy: 'Hedy Lamarr',
  margaret: 'Margaret Hamilton',
}
export const USERS = PEOPLE.map((id) => ({ id, name: NAMES[id] ?? id }))
export const nameOf = (userId: string): string | undefined => NAMES[userId]

const TITLES = {
  GENERATE_MEDIA_PLAN: 'Media plan: Spring sale',
  GENERATE_BRAND_KIT: 'Brand kit: Aurora',
  AUTO_GENERATE_PERSONAS: 'Personas: Young parents',
  GENERATE_CONTENT_PACKAGE: 'Content package: Sleep better',
  GENERATE_FUNNEL_CAMPAIGN: 'Funnel campaign: Night cream',
  GENERATE_VIRAL_IDEAS: 'Viral ideas: Oat milk',
} as const
const TYPES = Object.keys(TITLES) as (keyof typeof TITLES)[]
const FAILURES = [
  { lastError: 'The model answered 529: overloaded.', errorCode: 'internal_error' },
  { lastError: 'No run may take longer than 10 minutes.', errorCode: 'task_timed_out' },
  { lastError: 'The brief names no product.', errorCode: 'generator_refused' },
] as const

interface HistoryOptions {
  /** How many tasks have ended in the last day. */
  ended?: number
  /** Every so many of them has failed; 0 for none. */
  failsEach?: number
  running?: number
  waiting?: number
}

function one(at: number) {
  const type = TYPES[(at * 7) % TYPES.length] ?? 'GENERATE_MEDIA_PLAN'
  return { type, title: TITLES[type], userId: PEOPLE[(at * 3) % PEOPLE.length] ?? 'ada' }
}

const PROGRESS = { failed: 45, cancelled: 20, completed: 100 } as const

function endOf(at: number, failsEach: number): keyof typeof PROGRESS {
  if (failsEach > 0 && at % failsEach === 2) return 'failed'
  return at % 37 === 5 ? 'cancelled' : 'completed'
}

/** A day of an agency, the same in every run. */
export function createHistory({
  ended = 240,
  failsEach = 31,
  running = 4,
  waiting = 9,
}: HistoryOptions = {}): TaskJson[] {
  const tasks: TaskJson[] = []
  const add = (task: Parameters<typeof toScenarioTask>[0]) =>
    tasks.push(withStepTimes(toScenarioTask(task, tasks.length + 1)))
  for (let at = 0; at < ended; at += 1) {
    const { userId, ...task } = one(at)
    const status = endOf(at, failsEach)
    // Quiet at night, busy by day.
    const ago = 90 + at * ((23.5 * 3_600) / ended) + 600 * Math.sin(at / 9)
    const took = 20 + ((at * 13) % 70)
    add({
      ...task,
      status,
      progress: PROGRESS[status],
      createdAgo: ago + took + 8,
      startedAgo: ago + took,
      endedAgo: Math.max(5, ago),
      fields: {
        userId,
        createdBy: userId,
        ...(status === 'failed' && { ...FAILURES[at % FAILURES.length], retryCount: 3 }),
        ...(at % 4 === 0 && { tags: ['summer'] }),
        ...(status === 'completed' && { result: { summary: 'Three channels carry the campaign.', score: 82 } }),
        payload: { campaignName: task.title, budget: 25_000, currency: 'EUR', channels: ['search', 'social'] },
      } as Partial<TaskJson>,
    })
  }
  for (let at = 0; at < running; at += 1) {
    const { userId, ...task } = one(at + 3)
    add({
      ...task,
      status: 'processing',
      progress: 20 + 17 * at,
      createdAgo: 30 + at * 8,
      fields: { userId, createdBy: userId },
    })
  }
  for (let at = 0; at < waiting; at += 1) {
    const { userId, ...task } = one(at + 11)
    add({
      ...task,
      status: 'queued',
      createdAgo: 5 + at * 11,
      fields: {
        userId,
        createdBy: userId,
        priority: at % 4 === 1 ? 'high' : 'normal',
        ...(at === waiting - 1 && { runAt: new Date(SCENARIO_TIME + 40 * MINUTE * 1_000).toISOString() }),
      },
    })
  }
  return tasks
}

/** Shares the time of a task among the steps that have begun. */
function withStepTimes(task: TaskJson): TaskJson {
  const { startedAt, completedAt, steps = [] } = task
  const begun = steps.filter(({ status }) => status !== 'pending')
  if (startedAt === undefined || begun.length === 0) return task
  const from = Date.parse(startedAt)
  const until = completedAt === undefined ? SCENARIO_TIME : Date.parse(completedAt)
  const at = (index: number) => new Date(from + ((until - from) * index) / begun.length).toISOString()
  const timed: typeof steps = []
  for (const step of steps) {
    const index = timed.length
    const hasEnded = step.status === 'completed'
    const times = { startedAt: at(index), ...(hasEnded && { completedAt: at(index + 1) }) }
    // Steps begin in their order, so the pending ones come last.
    timed.push(step.status === 'pending' ? step : { ...step, ...times })
  }
  return { ...task, steps: timed }
}

export interface OperationsStage {
  server: FakeTaskServer
  service: OperationsService
}

/** A server that an operator looks at. Its clock stands still. */
export function stageOperations(
  tasks: readonly TaskJson[] = createHistory(),
  role: 'operator' | 'user' = 'operator',
): OperationsStage {
  const server = createFakeTaskServer({
    clock: { now: () => SCENARIO_TIME, after: () => () => {} },
    scenario: null,
    userOf: () => ({ userId: 'grace', ...(role === 'operator' && { role }) }),
  })
  for (const task of tasks) server.seed(task)
  const { wire } = createTaskService({ fetch: server.fetch, stream: false, logger: silentLogger })
  return { server, service: { wire } }
}

/** The same, with what only a server with budgets, targets and several workers tells. */
export function withSpending({ wire }: OperationsService): OperationsService {
  return { wire: { ...wire, stats: async (options) => ({ ...(await wire.stats(options)), ...SPENDING }) } }
}

const amount = (id: string, cost: number) => ({
  id,
  inputTokens: Math.round(cost * 61_000),
  outputTokens: Math.round(cost * 9_000),
  cost,
  currency: 'EUR',
})

const SPENDING: Partial<GetStatsResponse> = {
  workers: { alive: 3, slots: 12 },
  waitingMessages: 5,
  usage: {
    month: '2027-03',
    endsAt: '2027-04-01T00:00:00.000Z',
    total: [amount('', 412.6)],
    types: [
      amount('GENERATE_MEDIA_PLAN', 190.2),
      amount('GENERATE_CONTENT_PACKAGE', 151.3),
      amount('GENERATE_BRAND_KIT', 71.1),
    ],
    models: [amount('gpt-5.4-mini', 290.4), amount('claude-haiku-5', 122.2)],
    users: [amount('ada', 180.4), amount('hedy', 121), amount('linus', 111.2)],
    budgets: [
      { of: 'tenant', id: 'default', cost: 1_000, currency: 'EUR', left: { cost: 587.4 } },
      { of: 'user', id: 'ada', cost: 200, currency: 'EUR', left: { cost: 19.6 } },
      { of: 'user', id: 'hedy', cost: 120, currency: 'EUR', left: { cost: 0 } },
    ],
  },
  notices: {
    waiting: 2,
    dead: 1,
    latestDead: [
      {
        taskId: '01956000-0000-7000-8000-000000000003',
        target: 'mail',
        attempts: 12,
        reason: 'SMTP answered 550: no such mailbox.',
        diedAt: '2027-03-01T08:00:00.000Z',
      },
    ],
  },
}

/** A server that nobody can reach. */
export const UNREACHABLE: OperationsService = {
  wire: new Proxy({} as OperationsService['wire'], {
    has: () => true,
    // Storybook writes arguments as JSON.
    get: (_wire, name) =>
      name !== 'toJSON' &&
      (async () => {
        throw new TaskError('network_error', 'The server cannot be reached.', { status: 0 })
      }),
  }),
}

/** A hundred thousand ended tasks, which are made when they are asked for. */
export function withManyTasks(service: OperationsService, count = 100_000): OperationsService {
  const types = Object.keys(brandTasks) as (keyof typeof brandTasks)[]
  const taskOf = (at: number) =>
    toScenarioTask(
      {
        title: `Task ${count - at} of many`,
        type: types[at % types.length],
        status: 'completed',
        createdAgo: 60 + at * 5,
        endedAgo: 10 + at * 5,
      },
      count - at,
    )
  return {
    wire: {
      ...service.wire,
      async list(filter = {}, options) {
        if (!filter.status?.includes('completed')) return service.wire.list(filter, options)
        const begin = Number(filter.cursor ?? 0)
        const end = Math.min(count, begin + (filter.limit ?? 50))
        const tasks = Array.from({ length: end - begin }, (_, index) => taskOf(begin + index))
        return { tasks, nextCursor: end < count ? String(end) : null }
      },
      async stats(options) {
        const stats = await service.wire.stats(options)
        const { throughput } = stats
        return { ...stats, completed: count, ...(throughput && { throughput: evenly(throughput, count) }) }
      },
    },
  }
}

function evenly<T extends { completed: number[] }>(throughput: T, count: number): T {
  const each = Math.round(count / throughput.completed.length)
  return {
    ...throughput,
    completed: throughput.completed.map((_, at) => each + Math.round((each / 4) * Math.sin(at / 5))),
  }
}
