import { createBackoffPolicy, isTerminal, silentLogger, type TaskJson } from '@brandkit/core'
import { expect, vi } from 'vitest'
import { createTaskServer, type TaskServer } from '../../../src/create-task-server.js'
import { memoryQueue } from '../../../src/memory.js'
import type { Principal } from '../../../src/principal.js'
import type { TaskStore } from '../../../src/store/task-store.js'
import { createMisbehavingGenerators, type MisbehavingGenerators, misbehavingTasks } from './misbehaving-generator.js'
import { isEndless, type Misbehaviour } from './misbehaviour.js'
import { SECRET } from './throwables.js'

const ada: Principal = { userId: 'ada', brandIds: ['aurora'] }
const LONGEST_PAUSE_MS = 24 * 60 * 60 * 1_000
/** Far more than an honest task of this catalog needs, and far less than any hostile text of a generator. */
const MOST_BYTES = 20_000

/** The outcome of one plan. `resting`: waits for a retry that the generator requested, or for a backoff. */
interface Outcome {
  status: TaskJson['status'] | 'resting'
  errorCode: string | undefined
  lastError: string | undefined
  retryCount: number
  hasResult: boolean
}

export interface Playground {
  server: TaskServer
  /** Runs the plans in parallel with one innocent task, each to its end. */
  play(plans: readonly Misbehaviour[]): Promise<Outcome[]>
}

const INNOCENT: Misbehaviour = {
  maxRetries: 0,
  acts: [
    { do: 'progress', percent: 50, how: 'awaited' },
    { do: 'step', body: 'good', how: 'awaited', calls: 1 },
  ],
  end: 'result',
  cancelAfter: null,
}

export function openPlayground(store: TaskStore): Playground {
  const misbehaving = createMisbehavingGenerators()
  const server = createTaskServer({
    catalog: misbehavingTasks,
    store,
    queue: memoryQueue(),
    authenticate: () => ada,
    generators: misbehaving.generators,
    onEvent: () => Promise.reject(new Error(SECRET)),
    backoff: createBackoffPolicy({ baseMs: 1, ceilingMs: 2 }),
    // More slots than tasks, since a deaf generator keeps its slot until its time-out.
    concurrency: 100,
    timings: { drainMs: 1 },
    logger: silentLogger,
  })
  let plays = 0
  return { server, play: (plans) => playAll([INNOCENT, ...plans], { server, misbehaving, name: `play-${plays++}` }) }
}

async function playAll(
  plans: readonly Misbehaviour[],
  { server, misbehaving, name }: { server: TaskServer; misbehaving: MisbehavingGenerators; name: string },
): Promise<Outcome[]> {
  const wire = server.as(ada)
  const ids = await Promise.all(
    plans.map(async (plan, index) => {
      const key = `${name}-${index}`
      misbehaving.plans.set(key, plan)
      const type = isEndless(plan) ? 'ENDLESS' : 'ENDS'
      const task = { type, brandId: 'aurora', payload: { plan: key }, maxRetries: plan.maxRetries } as never
      return (await wire.create(task)).taskId
    }),
  )
  let looks = 0
  const tasks = await vi.waitFor(
    async () => {
      const cancelled = ids.filter((_, index) => plans[index]?.cancelAfter === looks)
      if (cancelled.length > 0) await wire.cancelMany(cancelled)
      looks += 1
      const found = new Map((await wire.getStatuses(ids)).tasks.map((task) => [task.taskId, task]))
      const all = ids.map((id) => found.get(id) as TaskJson)
      const late = plans.some(({ cancelAfter }) => cancelAfter !== null && cancelAfter >= looks)
      const active = all.filter((task) => !isTerminal(task.status) && !isResting(task))
      // Without `expect`: describing so many tasks takes longer than another request.
      if (late || active.length > 0) throw new Error(`${looks} looks, and still active: ${JSON.stringify(active)}`)
      return all
    },
    { interval: 10, timeout: 60_000 },
  )
  await misbehaving.cleanUp()
  for (const key of ids.keys()) misbehaving.plans.delete(`${name}-${key}`)
  await Promise.all(tasks.filter(isResting).map(({ taskId }) => wire.cancel(taskId)))

  expect(tasks[0]).toMatchObject({ status: 'completed', result: { plan: `${name}-0` }, retryCount: 0 })
  for (const [index, task] of tasks.entries()) hold(task, plans[index] ?? INNOCENT)
  return tasks.map((task, index) => toOutcome(task, plans[index] ?? INNOCENT))
}

/** Checks that hold for every task and any generator. */
function hold(task: TaskJson, plan: Misbehaviour): void {
  const text = JSON.stringify(task)
  expect(text).not.toContain(SECRET)
  expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES)
  expect(task.retryCount).toBeLessThanOrEqual(plan.maxRetries)
  expect(task.progress).toBeLessThanOrEqual(task.status === 'completed' ? 100 : 99)
  expect(Date.parse(task.runAt)).toBeLessThanOrEqual(Date.now() + LONGEST_PAUSE_MS)
  if (task.status === 'failed') expect(task.lastError).toMatch(/\S/)
}

/** A generator may ask for a pause of up to a day; the play waits for tasks that are due sooner. */
function isResting({ status, runAt }: TaskJson): boolean {
  return status === 'queued' && Date.parse(runAt) > Date.now() + LONGEST_PAUSE_MS / 2
}

function toOutcome(task: TaskJson, plan: Misbehaviour): Outcome {
  const { retryCount, status, result, traceId } = task
  // The lease ends at the time-out, so maintenance may notice the end just before the worker does.
  const isLate = isEndless(plan) && (task.errorCode === 'worker_lost' || task.errorCode === 'task_timed_out')
  const { errorCode, lastError } = isLate ? { errorCode: 'late', lastError: 'late' } : task
  return {
    status: isResting(task) ? 'resting' : status,
    errorCode,
    lastError: lastError?.replaceAll(traceId, 'TRACE'),
    retryCount,
    hasResult: result !== undefined,
  }
}
