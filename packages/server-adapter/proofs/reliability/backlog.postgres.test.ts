import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { startRedis, type TestRedis } from '@brandkit/tooling/redis'
import { silentLogger } from '@brandkit/core'
import { once } from 'node:events'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { byMessage } from '../fixtures/by-message.js'
import { bullmqQueue } from '../../src/queue/bullmq/bullmq-queue.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { connectPostgres } from '../../src/store/postgres/connect-postgres.js'
import { createPgBossEngine } from '../../src/queue/pg-boss/pg-boss-engine.js'
import { openPgBoss, QUEUE_NAME } from '../../src/queue/pg-boss/open-pg-boss.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { newTask, times } from '../../src/testing/store/new-task.js'
import { errandServer, OWNER } from './errand-process.js'
import { ringAlarmsEarly } from './ring-alarms-early.js'

/** The number of waiting tasks, and of messages. `npm run test:full` uses 100,000 of each. */
const WAITING_TASKS = Number(process.env['BACKLOG'] ?? 5_000)
const WAITING_MESSAGES = Number(process.env['BACKLOG'] ?? 20_000)
const ERRAND = { type: 'ERRAND', brandId: 'aurora', payload: { deed: 'succeed' } }

let postgres: TestPostgres
let redis: TestRedis
const { keep } = keepSampleServers()
beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres(), startRedis()])
})
afterAll(async () => {
  await Promise.all([postgres.stop(), redis.stop()])
})

describe('a queue that forgets everything', () => {
  it('loses no task: what waited in BullMQ is delivered by its alarm', async () => {
    const database = await postgres.createDatabase()
    const gate = Promise.withResolvers<void>()
    const generator = vi.fn(() => gate.promise.then(() => ({ by: 'worker' })))
    const server = keep(
      errandServer(database, {
        // Tasks of the process's own line would survive the loss of the queue.
        queue: byMessage(bullmqQueue({ connection: redis.url, commandTimeoutMs: 2_000 })),
        generators: { ERRAND: generator },
        concurrency: 2,
        timings: { maintenanceMs: 100 },
      }),
    )
    await server.start()
    await Promise.all(times(30, () => server.tasks.create(OWNER, ERRAND)))
    await vi.waitFor(async () =>
      expect(await server.stats()).toMatchObject({ processing: 2, queued: 28, waitingMessages: 28 }),
    )

    await redis.flushAll()
    gate.resolve()
    await vi.waitFor(async () =>
      expect(await server.stats()).toMatchObject({ completed: 2, queued: 28, waitingMessages: 0 }),
    )
    await ringAlarmsEarly(database)

    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ completed: 30, queued: 0 }))
    expect(generator).toHaveBeenCalledTimes(30)
  })
})

describe(`the alarms of ${WAITING_TASKS} waiting tasks, while their worker is paused`, () => {
  it('ring 500 a pass, and stay silent once the queue holds a message for each', { timeout: 600_000 }, async () => {
    const database = await postgres.createDatabase()
    const server = keep(
      errandServer(database, {
        generators: { ERRAND: ({ signal }) => once(signal, 'abort').then(() => ({ by: 'nobody' })) },
        concurrency: 1,
        timings: { maintenanceMs: 600_000, drainMs: 0 },
      }),
    )
    await server.start()
    await server.tasks.create(OWNER, ERRAND)
    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ processing: 1 }))
    const outside = postgresStore(database)
    await outside.open()
    onTestFinished(() => outside.close())
    for (let created = 0; created < WAITING_TASKS; created += 5_000)
      await outside.create({ tasks: times(5_000, () => newTask({ type: 'ERRAND', userId: 'ada' })) })
    expect(await server.stats()).toMatchObject({ due: WAITING_TASKS, waitingMessages: 0 })

    const rung: (number | undefined)[] = []
    const silent = WAITING_TASKS / 500
    for (let pass = 0; pass < silent + 3; pass += 1) {
      // Makes all alarms due again, including those that have rung: from time to time, and before each pass that must be
      // silent.
      if (pass >= silent || pass % Math.ceil(silent / 10) === 0) await ringAlarmsEarly(database, 3_600_000)
      rung.push((await server.maintain())?.deliver.length)
    }

    expect(rung).toEqual([...times(silent, () => 500), 0, 0, 0])
    expect(await server.stats()).toMatchObject({ due: WAITING_TASKS, waitingMessages: WAITING_TASKS })
  })
})

describe(`a backlog of pg-boss that has grown from 100 to ${WAITING_MESSAGES}`, () => {
  it.each([
    ['it was never analysed', null],
    ['it was last analysed while it was empty', 0],
    ['it was last analysed while a hundred waited', 100],
  ])(
    'costs a fetch no more rows than a short one, once maintenance has looked: %s',
    async (_, analysedAt) => {
      const connectionString = await postgres.createDatabase()
      const pool = new Pool({ connectionString, max: 1 })
      const { handle: database, close } = await connectPostgres(connectionString)
      const opened = await openPgBoss({ database, schema: 'backlog', maxConnections: 2, logger: silentLogger })
      const { boss } = opened
      const engine = createPgBossEngine({ opened, schema: 'backlog', pollMs: 1_000, logger: silentLogger })
      onTestFinished(async () => {
        await engine.close()
        await close()
        await pool.end()
      })
      // Otherwise autovacuum might analyse the table during the test, which never happens on PGlite.
      await pool.query('alter table backlog.job_common set (autovacuum_enabled = false)')
      const fill = (count: number) =>
        engine.enqueue(times(count, (index) => ({ taskId: `t${index}`, priority: index % 3, delayMs: 0 })))
      const executeSql = vi.spyOn(boss.getDb(), 'executeSql')
      const rowsReadByFetch = async () => {
        executeSql.mockClear()
        expect(await boss.fetch(QUEUE_NAME, { batchSize: 10 })).toHaveLength(10)
        const [text = '', values = []] = executeSql.mock.calls.find(([sent]) => sent.includes('SKIP LOCKED')) ?? []
        const { rows } = await pool.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
          `explain (analyze, format json) ${text}`,
          values,
        )
        return rows[0]?.['QUERY PLAN'].reduce((sum, { Plan }) => sum + rowsReadBy(Plan), 0)
      }

      if (analysedAt === 0) await pool.query('analyze backlog.job')
      await fill(100)
      if (analysedAt === 100) await pool.query('analyze backlog.job')
      const short = (await rowsReadByFetch()) ?? 0
      expect(short).toBeGreaterThan(9)
      for (let filled = 0; filled < WAITING_MESSAGES; filled += 1_000) await fill(1_000)

      expect(await engine.depth()).toBeGreaterThan(WAITING_MESSAGES)
      expect(await rowsReadByFetch()).toBeLessThanOrEqual(short)

      // A process that starts later finds the backlog analysed.
      executeSql.mockClear()
      const later = createPgBossEngine({ opened, schema: 'backlog', pollMs: 1_000, logger: silentLogger })
      await later.depth()
      expect(executeSql.mock.calls.filter(([text]) => text.startsWith('analyze'))).toEqual([])
    },
    300_000,
  )
})

interface Plan {
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

/** Rows that were read from a table or, for a bitmap, from its index, including rows that were then filtered out. */
function rowsReadBy(plan: Plan): number {
  const { 'Actual Rows': used, 'Rows Removed by Filter': removed = 0, 'Actual Loops': loops, Plans = [] } = plan
  const isScan = (plan['Relation Name'] ?? plan['Index Name']) !== undefined && Plans.length === 0
  return Plans.reduce((sum, below) => sum + rowsReadBy(below), isScan ? (used + removed) * loops : 0)
}
