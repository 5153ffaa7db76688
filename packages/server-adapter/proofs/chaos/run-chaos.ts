import { isTaskError } from '@brandkit/core'
import type { NewTaskInput } from '@brandkit/server-adapter'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { startRedis, type TestRedis } from '@brandkit/tooling/redis'
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { checkPromises } from './check-promises.ts'
import { startCuttingProxy } from '../fixtures/cutting-proxy.ts'
import { drawFaults, drawTasks, type Fault } from './draw-chaos.ts'
import { readLedger } from './ledger.ts'
import { moveAlarms, moveNotices, readTasks, recordEnds } from './outside-view.ts'
import { persist } from './persist.ts'
import { createChaosServer, TARGET, TIMINGS, type WorkerSettings } from './worker-process.ts'
import type { Guard } from './without-guard.ts'

export interface ChaosOptions {
  tasks: number
  seed: number
  queue: 'pg-boss' | 'bullmq'
  /** How many accidents to cause, one after the other. */
  faults: number
  /** The only kind of accident. Default: all kinds. */
  only?: Fault | undefined
  /** A guard to switch off, to prove that the run notices. */
  without?: Guard | undefined
}

export interface ChaosReport {
  /** One sentence for each broken promise. */
  broken: string[]
  faults: Record<Fault | 'dropped replies' | 'cancels', number>
  ends: Record<string, number>
  /** Calls of a generator, including repeated ones. */
  runs: number
  seconds: number
}

const WORKERS = 3
const OWNER = { reach: 'own', tenantId: 'default', userId: 'ada', brandIds: '*' } as const
/** Pause between two accidents, so that tasks are running at each one. */
const PAUSE_MS = 400
/** When to give up after the repair: no task has ended for this long. A slow machine still ends tasks. */
const PATIENCE_MS = 60_000

/** Runs tasks while parts fail, then repairs everything and checks every promise. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const begun = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-chaos-'))
  const postgres = await startPostgres()
  const redis = options.queue === 'bullmq' ? await startRedis() : undefined
  const stage = await setStage({ options, folder, postgres, redis })
  try {
    await stage.begin()
    await Promise.all([stage.createTasks(), stage.breakThings()])
    await stage.heal()
    await stage.quiet()
    return { ...(await stage.judge()), seconds: (performance.now() - begun) / 1_000 }
  } finally {
    await stage.end()
    await redis?.stop()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface StageOptions {
  options: ChaosOptions
  folder: string
  postgres: TestPostgres
  redis: TestRedis | undefined
}

async function setStage({ options, folder, postgres, redis }: StageOptions) {
  const { seed, tasks, without } = options
  const database = await postgres.createDatabase()
  const address = new URL(database)
  const proxy = await startCuttingProxy({ host: address.hostname, port: Number(address.port) })
  address.port = String(proxy.port)
  const settings: WorkerSettings = { database: address.href, redis: redis?.url, ledger: folder, without }
  // A process that only takes requests: it creates tasks and never runs them.
  const { server, queue, ledger } = createChaosServer({
    ...settings,
    without: without === 'unique' || without === 'after' ? without : undefined,
  })
  const owner = postgresStore(settings.database)
  const counts: ChaosReport['faults'] = {
    kill: 0,
    stop: 0,
    deploy: 0,
    database: 0,
    queue: 0,
    replies: 0,
    duplicates: 0,
    'dropped replies': 0,
    cancels: 0,
  }
  const workers: ChildProcess[] = []
  const created: string[] = []
  let over = false

  function hire(): void {
    const worker = fork(join(import.meta.dirname, 'worker-process.ts'), [JSON.stringify(settings)], { execArgv: [] })
    workers.push(worker)
    worker.once('exit', () => {
      workers.splice(workers.indexOf(worker), 1)
      // Restarts a worker as a process manager would, even if a task has killed it.
      if (!over) hire()
    })
  }

  /** Creates a task that follows others. Null: one of them has failed already. */
  async function follow(input: NewTaskInput, idempotencyKey: string) {
    try {
      return await server.tasks.create(OWNER, input, { idempotencyKey })
    } catch (error) {
      if (isTaskError(error) && error.code === 'dependency_failed') return null
      throw error
    }
  }

  const accidents: Record<Fault, (pick: number) => Promise<void> | void> = {
    kill: (pick) => void workers[pick % workers.length]?.kill('SIGKILL'),
    deploy: (pick) => void workers[pick % workers.length]?.kill('SIGTERM'),
    async stop(pick) {
      const worker = workers[pick % workers.length]
      worker?.kill('SIGSTOP')
      await pause(2 * TIMINGS.leaseMs)
      worker?.kill('SIGCONT')
    },
    async database() {
      await postgres.kill()
      await pause(PAUSE_MS)
      await postgres.restart()
    },
    async queue() {
      if (!redis) return queue.enqueue(created.map((taskId) => ({ taskId, priority: 1, delayMs: 0 })))
      await redis.flushAll()
      await redis.restart()
    },
    async replies() {
      proxy.dropReplies()
      await pause(PAUSE_MS)
      proxy.heal()
    },
    async duplicates(pick) {
      // In any order, including tasks that ended long ago.
      const some = created.toSorted().filter((_, index) => (index + pick) % 3 === 0)
      await queue.enqueue(some.map((taskId) => ({ taskId, priority: pick % 5, delayMs: 0 })))
    },
  }

  return {
    async begin() {
      await persist(() => server.stats())
      await persist(() => owner.open())
      for (let worker = 0; worker < WORKERS; worker += 1) hire()
    },

    async createTasks() {
      // Two workers overlap on a task only if the second still runs it when the first wakes up.
      const pace = without === 'epoch' ? 10 : 1
      for (const [index, { kind, stepMs, cancel }] of drawTasks(tasks, seed).entries()) {
        const only = index % 10 === 0 ? { only: `work ${(index / 10) % 2}` } : {}
        const idempotencyKey = randomUUID()
        const after = earlierOf(created)
        const input = {
          type: 'CHAOS',
          brandId: 'aurora',
          payload: { kind, stepMs: pace * stepMs, items: index % 3 === 0 ? 6 : 0, ...only },
        }
        const following = after && (await persist(() => follow({ ...input, after }, idempotencyKey)))
        const { taskId } = following ?? (await persist(() => server.tasks.create(OWNER, input, { idempotencyKey })))
        ledger.write({ what: 'created', taskId, kind, ...(following && { after }) })
        created.push(taskId)
        if (cancel && (await persist(() => owner.cancel(taskId, OWNER, { notices: { cancelled: [TARGET] } })))) {
          counts.cancels += 1
          ledger.write({ what: 'cancelled', taskId })
        }
        // Creates are spread over the time of the accidents.
        await pause((options.faults * PAUSE_MS) / tasks)
      }
    },

    async breakThings() {
      for (const { fault, pick } of drawFaults(options.faults, seed, options.only)) {
        await pause(PAUSE_MS)
        counts[fault] += 1
        // An accident may fail because the queue is down; that outage is an accident of its own.
        await Promise.resolve(accidents[fault](pick)).catch(() => {})
      }
    },

    async heal() {
      proxy.heal()
      for (const worker of workers) worker.kill('SIGCONT')
    },

    /** Waits until every task has ended and every end is told, and then until zombies and late messages have acted. */
    async quiet() {
      let open = tasks
      let lastEndAt = performance.now()
      while (open > 0 && performance.now() - lastEndAt < PATIENCE_MS) {
        const left = (await persist(() => recordEnds(database, ledger))) + (await persist(() => moveNotices(database)))
        if (left < open) lastEndAt = performance.now()
        open = left
        // Alarms are moved, so that the run need not wait half a minute for each.
        if (without !== 'alarm') await persist(() => moveAlarms(database))
        await pause(500)
      }
      await queue.enqueue(created.map((taskId) => ({ taskId, priority: 9, delayMs: 0 })))
      await pause(2 * TIMINGS.leaseMs)
    },

    async judge() {
      const final = await readTasks(database)
      const lines = readLedger(folder)
      const broken = checkPromises(lines, final)
      const waiting = await emptied(() => queue.depth?.() ?? Promise.resolve(0))
      if (waiting > 0) broken.push(`${waiting} messages still wait in the queue.`)
      counts['dropped replies'] = proxy.cuts
      const ends = Object.fromEntries(
        [...Map.groupBy(final, ({ status }) => status)].map(([s, all]) => [s, all.length]),
      )
      return { broken, faults: counts, ends, runs: lines.filter(({ what }) => what === 'began').length }
    },

    async end() {
      over = true
      const leaving = workers.map((worker) => once(worker, 'exit'))
      for (const worker of workers) worker.kill('SIGKILL')
      await Promise.all(leaving)
      await server.stop()
      await owner.close()
      ledger.close()
      await proxy.close()
    },
  }
}

/** Every fourth task follows the one before it, and every eighth another one that follows, too. */
function earlierOf(created: readonly string[]): string[] | undefined {
  if (created.length % 4 !== 3) return undefined
  return [created.at(-1), created.length % 8 === 7 ? created.at(-4) : undefined].flatMap((id) => id ?? [])
}

async function emptied(depth: () => Promise<number>): Promise<number> {
  for (let patience = 40; patience > 0; patience -= 1) {
    if ((await persist(depth)) === 0) return 0
    await pause(250)
  }
  return persist(depth)
}
