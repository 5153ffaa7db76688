import {
  brandTasks,
  createBackoffPolicy,
  createLogger,
  type CreateTask,
  FatalTaskError,
  RetryableTaskError,
  type TaskJson,
  type TaskLogger,
} from '@brandkit/core'
import { aroundSteps, createTaskServer, type Generator, type Principal, type TaskStore } from '@brandkit/server-adapter'
import { memoryQueue } from '@brandkit/server-adapter/memory'
import { chooseStore } from '../backends.ts'
import type { Environment } from '../environment.ts'
import { authorizeStudio, composeGenerators } from '../task-policy.ts'
import { findPerson, toPrincipal } from '../session.ts'
import { choosePayload, type PlannedTask, planWeek } from './plan-week.ts'
import { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** The month of the tier in which one task is stopped because the budget is used up. */
const SMALL_BUDGET = { tokens: 3_000_000 }

const TASKS = 300

/**
 * Fills the database at this URL or in this folder with a week of tasks that ends now.
 *
 * @returns every ended task, with its place in the week
 */
export async function fillWithWeek(database: string, environment: Environment): Promise<PastTask[]> {
  // What goes wrong is planned.
  const logger = createLogger({ level: 'silent' })
  const store = chooseStore(database, environment)
  const past = await seedWeek({ store, logger, tasks: TASKS, now: Date.now() })
  await moveToPast(database, past)
  return past
}

interface SeedOptions {
  store: TaskStore
  logger: TaskLogger
  /** How many tasks to plan. Those that are tried again come on top. */
  tasks: number
  /** The end of the week, in milliseconds since the epoch. */
  now: number
}

/**
 * Lives a week in a minute: the demo's own generators do the work of every planned task, one after the other, and what goes
 * wrong is thrown within their steps.
 *
 * @returns every ended task, with its place in the week
 */
export async function seedWeek({ store, logger, tasks, now }: SeedOptions): Promise<PastTask[]> {
  const past: PastTask[] = []
  const ends = new Map<string, PromiseWithResolvers<void>>()
  /** Asked by the one who waits for the end and by the one who tells it, in any order. */
  function endOf(taskId: string): PromiseWithResolvers<void> {
    const end = ends.get(taskId) ?? Promise.withResolvers<void>()
    ends.set(taskId, end)
    return end
  }
  let plan: PlannedTask | undefined
  let atSecondStep = Promise.withResolvers<void>()

  /** Lets the running task use a model, and fail or stand still where its plan says so. */
  function behave(generate: Generator<unknown>): Generator<unknown> {
    return (context) => {
      const { usage, attempt, signal } = context
      let begun = 0
      const around = async (work: () => unknown) => {
        begun += 1
        if (begun === 2 && plan?.ending === 'stopped') {
          atSecondStep.resolve()
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
        }
        // The first step is finished, so that a later attempt begins behind it.
        if (plan && (begun === 2 || attempt > 1)) throwFault(plan, attempt)
        const words = 200 + ((plan?.brief ?? 0) % 700)
        const inputTokens = plan?.ending === 'over budget' ? SMALL_BUDGET.tokens : 3 * words
        void usage({ model: 'gpt-5-mini', inputTokens, outputTokens: words, cost: words / 50_000 })
        return work()
      }
      return generate({ ...context, step: aroundSteps(context.step, around as never) })
    }
  }

  const generators = Object.entries(composeGenerators({ paceMs: 0 })).map(([type, generate]) => [
    type,
    behave(generate as Generator<unknown>),
  ])
  const server = createTaskServer({
    catalog: brandTasks,
    store,
    queue: memoryQueue(),
    authenticate: () => null,
    authorize: authorizeStudio,
    generators: Object.fromEntries(generators) as Parameters<
      typeof createTaskServer<typeof brandTasks>
    >[0]['generators'],
    limits: { budget: { perTenant: { tokens: 1e9 }, stopsRunning: true } },
    tiers: { small: { budget: { perUser: SMALL_BUDGET } } },
    backoff: createBackoffPolicy({ baseMs: 1, ceilingMs: 1 }),
    logger,
    onEvent: ({ stage, taskId }) => {
      if (stage === 'completed' || stage === 'failed' || stage === 'cancelled') endOf(taskId).resolve()
    },
  })

  async function live(next: PlannedTask): Promise<void> {
    plan = next
    atSecondStep = Promise.withResolvers<void>()
    const principal = principalOf(next)
    const wire = server.as(principal)
    const runAt = next.ending === 'withdrawn' ? new Date(now + DAY) : undefined
    const { taskId } = await wire.create({ ...newTask(next, principal), runAt })
    if (next.ending === 'stopped') await atSecondStep.promise
    if (next.ending === 'stopped' || next.ending === 'withdrawn') await wire.cancel(taskId)
    await endOf(taskId).promise
    past.push({ ...next, task: await wire.getStatus(taskId) })
    if (next.ending !== 'retried') return

    plan = { ...next, at: Math.min(next.at + 10 * MINUTE, now), ending: 'completed' }
    const retry = await wire.retry(taskId)
    await endOf(retry.taskId).promise
    past.push({ ...plan, task: await wire.getStatus(retry.taskId) })
  }

  await server.start()
  try {
    for (const next of planWeek({ now, tasks })) await live(next)
    plan = undefined
    return past
  } finally {
    await server.stop()
  }
}

function principalOf({ personId, ending }: PlannedTask): Principal {
  const person = findPerson(personId)
  if (!person) throw new Error(`Nobody here is called ${personId}.`)
  const principal = toPrincipal(person, 'own')
  return ending === 'over budget' ? { ...principal, tier: 'small' } : principal
}

function newTask({ type, brief }: PlannedTask, { brandIds }: Principal): CreateTask {
  const [brandId = ''] = brandIds
  const payload = choosePayload(type, brief, brandId)
  return { type, brandId, payload } as CreateTask
}

function throwFault({ ending }: PlannedTask, attempt: number): void {
  if (ending === 'failed')
    throw new FatalTaskError('The model declined the brief, because it names a private person. Edit it and try again.')
  if (ending === 'worn out' || ending === 'retried' || (ending === 'recovered' && attempt === 1))
    throw new RetryableTaskError('The model is overloaded. Try again in some minutes.')
}

/** An ended task, and when it should have lived. */
export interface PastTask extends PlannedTask {
  task: TaskJson
}

/** What a worker waits before it tries again, in milliseconds. */
const RETRY_MS = 9_000

/**
 * Gives tasks the times of their plan, in the database itself: the runtime keeps true times only. The trigger that guards
 * ended tasks rests meanwhile.
 *
 * @param database a Postgres URL, or the folder of the embedded database, which nobody else may have open
 */
export async function moveToPast(database: string, past: readonly PastTask[]): Promise<void> {
  const rows = JSON.stringify(past.map(toRow))
  const run = await connect(database)
  try {
    await run.query('begin')
    await run.query('alter table brandkit.tasks disable trigger refuse_resurrection')
    await run.query(MOVE_TASKS, [rows])
    await run.query('alter table brandkit.tasks enable trigger refuse_resurrection')
    await run.query(MOVE_AUDIT, [rows])
    await run.query('commit')
  } finally {
    await run.close()
  }
}

const INPUT = `json_to_recordset($1::json) as x (
  id text, created_at timestamptz, started_at timestamptz, attempt_started_at timestamptz, completed_at timestamptz,
  step_started jsonb, step_completed jsonb)`

const MOVE_TASKS = `
  update brandkit.tasks t
     set created_at = x.created_at, run_at = x.created_at, updated_at = x.completed_at, completed_at = x.completed_at,
         started_at = x.started_at, attempt_started_at = x.attempt_started_at,
         step_started = x.step_started, step_completed = x.step_completed
    from ${INPUT} where t.id = x.id`

const MOVE_AUDIT = `
  update brandkit.audit a set at = x.completed_at from ${INPUT} where a.task_id = x.id`

function toRow({ task, at, waitMs, stepMs }: PastTask) {
  const startedAt = task.startedAt === undefined ? undefined : at + waitMs
  const started: Record<string, number> = {}
  const completed: Record<string, number> = {}
  let time = at + waitMs
  let attemptStartedAt = startedAt
  const { steps = [] } = task
  steps.forEach(({ key, status }, index) => {
    if (status === 'pending') return
    // The first step was finished before the first attempt failed.
    if (index === 1 && task.retryCount > 0) attemptStartedAt = time += RETRY_MS * task.retryCount
    started[key] = time
    time += Math.round(stepMs[index % stepMs.length] ?? 0)
    if (status === 'completed') completed[key] = time
  })
  return {
    id: task.taskId,
    created_at: toIso(at),
    started_at: startedAt && toIso(startedAt),
    attempt_started_at: attemptStartedAt && toIso(attemptStartedAt),
    completed_at: toIso(time),
    step_started: started,
    step_completed: completed,
  }
}

const toIso = (time: number) => new Date(time).toISOString()

async function connect(database: string) {
  if (/^postgres(ql)?:/i.test(database)) {
    const client = new Client(database)
    await client.connect()
    return { query: (text: string, values?: string[]) => client.query(text, values), close: () => client.end() }
  }
  const pglite = await PGlite.create(database)
  return { query: (text: string, values?: string[]) => pglite.query(text, values), close: () => pglite.close() }
}
