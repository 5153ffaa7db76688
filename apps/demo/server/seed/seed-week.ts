import {
  brandTasks,
  createBackoffPolicy,
  type CreateTask,
  FatalTaskError,
  RetryableTaskError,
  type TaskLogger,
} from '@brandkit/core'
import { aroundSteps, createTaskServer, type Generator, type Principal, type TaskStore } from '@brandkit/server-adapter'
import { memoryQueue } from '@brandkit/server-adapter/memory'
import { composeGenerators } from '../compose-tasks.ts'
import { authorizeStudio } from '../task-policy.ts'
import { findPerson, toPrincipal } from '../session.ts'
import { choosePayload } from './choose-payload.ts'
import type { PastTask } from './move-to-past.ts'
import { type PlannedTask, planWeek } from './plan-week.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** The month of the tier in which one task is stopped because the budget is used up. */
const SMALL_BUDGET = { tokens: 3_000_000 }

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
  const payload = choosePayload(type, brief)
  return { type, brandId: brandIds[0] ?? '', payload } as CreateTask
}

function throwFault({ ending }: PlannedTask, attempt: number): void {
  if (ending === 'failed')
    throw new FatalTaskError('The model declined the brief, because it names a private person. Edit it and try again.')
  if (ending === 'worn out' || ending === 'retried' || (ending === 'recovered' && attempt === 1))
    throw new RetryableTaskError('The model is overloaded. Try again in some minutes.')
}
