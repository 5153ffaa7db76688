// One worker: `node worker-process.ts <settings as JSON>`. Records its actions in a ledger of its own.
import { createBackoffPolicy, FatalTaskError, silentLogger } from '@brandkit/core'
import { createTaskServer, type Notice } from '@brandkit/server-adapter'
import { bullmqQueue } from '@brandkit/server-adapter/bullmq'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { randomUUID } from 'node:crypto'
import { setTimeout as work } from 'node:timers/promises'
import { chaosTasks, STEPS } from './chaos-tasks.ts'
import { openLedger } from './ledger.ts'
import { forgetful, type Guard, withoutGuard } from './without-guard.ts'

export interface WorkerSettings {
  database: string
  /** Absent: pg-boss in the same database. */
  redis?: string | undefined
  ledger: string
  without?: Guard | undefined
}

/** Short enough for many leases to expire during a run. */
export const TIMINGS = { leaseMs: 1_500, beatMs: 300, maintenanceMs: 500, drainMs: 200 }

/** The receiver of notices. */
export const TARGET = 'ledger'

export function createChaosServer({ database, redis, ledger: folder, without }: WorkerSettings) {
  const ledger = openLedger(folder, `${process.pid}-${randomUUID()}`)
  const queue = redis === undefined ? pgBossQueue() : bullmqQueue({ connection: redis, commandTimeoutMs: 2_000 })
  function tell({ id, data: { task } }: Notice, { attempt }: { attempt: number }): void {
    if (attempt === 1 && /[05af]$/.test(task.taskId)) throw new Error('Not at the first try.')
    const { taskId, status, version } = task
    ledger.write({ what: 'told', taskId, id, status, version })
  }
  const server = createTaskServer({
    catalog: chaosTasks,
    store: withoutGuard(postgresStore(database), without),
    queue: forgetful(queue, without),
    authenticate: () => null,
    timings: TIMINGS,
    backoff: createBackoffPolicy({ baseMs: 50, ceilingMs: 500 }),
    logger: silentLogger,
    concurrency: 10,
    notify: { targets: { [TARGET]: { ends: ['completed', 'failed', 'cancelled'], deliver: tell } } },
    generators: {
      CHAOS: async ({ taskId, payload: { kind, stepMs, items }, attempt, signal, step }) => {
        const run = randomUUID()
        ledger.write({ what: 'began', taskId, run, attempt })
        const each = Array.from({ length: items }, (_, index) => `each: ${index}`)
        try {
          // The first half is kept for sure before the second begins.
          for (const part of items > 0 ? [each.slice(0, items / 2), each] : []) {
            await step.map('each', part, { key: (item) => item, concurrency: 2 }, async (item) => {
              ledger.write({ what: 'ran', taskId, run, step: item })
              await work(stepMs / 2, undefined, { signal })
              return run
            })
            for (const item of part) ledger.write({ what: 'kept', taskId, run, step: item })
            if (kind === 'flaky' && attempt === 1) throw new Error('Not at the first try.')
          }
          for (const key of STEPS) {
            await step(key, async () => {
              ledger.write({ what: 'ran', taskId, run, step: key })
              await work(stepMs, undefined, { signal })
              return run
            })
            ledger.write({ what: 'kept', taskId, run, step: key })
            if (kind === 'poison') process.exit(1)
            if (kind === 'fatal') throw new FatalTaskError('This one cannot be done.')
            if (kind === 'flaky' && attempt === 1) throw new Error('Not at the first try.')
          }
        } catch (error) {
          if (String(signal.reason).includes('shutdown')) ledger.write({ what: 'handed back', taskId, run })
          throw error
        }
        ledger.write({ what: 'returned', taskId, run })
        return { run }
      },
    },
  })
  return { server, queue, ledger }
}

const settings = process.argv[2]
if (import.meta.main && settings !== undefined) {
  const { server } = createChaosServer(JSON.parse(settings) as WorkerSettings)
  process.once('SIGTERM', () => void server.stop().finally(() => process.exit()))
  process.once('disconnect', () => process.exit())
  // Opening is retried while the database is down, as a process manager would do.
  for (;;) {
    try {
      await server.start()
      break
    } catch {
      await work(300)
    }
  }
}
