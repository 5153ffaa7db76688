import { silentLogger, type TaskLogger } from '@brandkit/core'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { Client, type Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { pgBossQueue } from '../../queue/pg-boss/pg-boss-queue.js'
import { createRecordingConsumer } from '../../testing/queue/recording-consumer.js'
import { claimOne, createOne, KNOWN_TYPES, newTask, ownerOf, times } from '../../testing/store/new-task.js'
import { FREQUENT } from '../sql-database.js'
import type { TaskStore } from '../task-store.js'
import { dialPostgres } from './dial-postgres.js'
import { postgresStore } from './postgres-store.js'
import { createStatementNames } from './statement-names.js'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const warn = vi.fn<TaskLogger['warn']>()
const logger: TaskLogger = { ...silentLogger, warn }
beforeEach(() => warn.mockClear())

async function openStore(url: string): Promise<TaskStore> {
  const store = postgresStore(url)
  onTestFinished(() => store.close())
  await store.open({ logger })
  return store
}

async function liveWholeLife(store: TaskStore): Promise<void> {
  const task = await createOne(store)
  const { lease } = await claimOne(store, task)
  await store.report(lease, { progress: 10 })
  await store.checkpoint(lease, { step: 'channels', output: 1 })
  await store.beat(lease, { leaseMs: 60_000 })
  expect(await store.settle(lease, { status: 'completed', result: 1 })).toMatchObject({ status: 'completed' })
  expect(await store.find([task.taskId], ownerOf(task))).toHaveLength(1)
}

/** One connection, so that each statement meets those that were prepared before. */
async function dialOne() {
  const names = createStatementNames({ logger })
  const { query, end } = await dialPostgres(postgres.connectionString, { applicationName: 'one', max: 1, names })
  onTestFinished(end)
  const rowsOf = async (text: string, values?: unknown[]) => (await query(text, values)).rows
  return { rowsOf, prepared: async () => rowsOf('select name from pg_prepared_statements') }
}

async function repeat(count: number, send: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < count; time += 1) await send()
}

describe('frequent statements', () => {
  it('are prepared on the server', async () => {
    const { rowsOf, prepared } = await dialOne()
    const ask = () => rowsOf(`${FREQUENT}select $1::integer as number`, [7])
    await repeat(2, ask)
    expect(await ask()).toEqual([{ number: 7 }])
    expect(await prepared()).toEqual([{ name: 'brandkit_1' }])
  })

  it('are answered without names for good, once the server has forgotten one', async () => {
    const { rowsOf, prepared } = await dialOne()
    const ask = () => rowsOf(`${FREQUENT}select $1::integer as number`, [7])
    await repeat(2, ask)
    await rowsOf('deallocate all')
    expect(await ask()).toEqual([{ number: 7 }])
    await repeat(2, ask)
    expect(await prepared()).toEqual([])
    expect(warn).toHaveBeenCalledOnce()
  })

  it('are answered without names for good, once the server knows one from another client', async () => {
    const { rowsOf } = await dialOne()
    await rowsOf('prepare brandkit_1 as select 2')
    const ask = () => rowsOf(`${FREQUENT}select $1::integer as number`, [7])
    await repeat(2, ask)
    expect(await ask()).toEqual([{ number: 7 }])
    expect(warn).toHaveBeenCalledOnce()
  })

  it('are answered after a migration has changed the rows that they return', async () => {
    const { rowsOf } = await dialOne()
    await rowsOf('create table public.grown (id integer)')
    const ask = () => rowsOf(`${FREQUENT}select * from public.grown where id <> $1`, [0])
    await repeat(2, ask)
    await rowsOf(`alter table public.grown add column name text default 'new'; insert into public.grown values (1)`)
    expect(await ask()).toEqual([{ id: 1, name: 'new' }])
    expect(warn).not.toHaveBeenCalled()
  })

  it('fail no task when every connection has forgotten its names', async () => {
    const url = await postgres.createDatabase()
    const store = await openStore(url)
    await repeat(2, () => liveWholeLife(store))
    const limited = { knownTypes: KNOWN_TYPES, leaseMs: 60_000, limits: { perUser: 1 } }
    await repeat(2, async () => store.claim({ taskId: (await createOne(store)).taskId, ...limited }))
    const { pool } = store.database as { pool: Pool }
    const connections = await Promise.all(Array.from({ length: pool.totalCount }, () => pool.connect()))
    await Promise.all(connections.map((connection) => connection.query('deallocate all')))
    for (const connection of connections) connection.release()

    const { taskId } = await createOne(store)
    expect(await store.claim({ taskId, ...limited })).toMatchObject({ outcome: 'claimed' })
    await liveWholeLife(store)
    expect(warn).toHaveBeenCalledOnce()
  })

  it('of pg-boss are named, too, except for its fetch', async () => {
    const names = createStatementNames()
    const named: string[] = []
    const nameOf = (text: string) => {
      const name = names.nameOf(text)
      if (name !== undefined) named.push(text)
      return name
    }
    const url = await postgres.createDatabase()
    const store = await openStore(url)
    const queue = pgBossQueue()
    onTestFinished(() => queue.close())
    await queue.open({
      store: {
        ...store,
        database: {
          kind: 'postgres',
          pool: {},
          connectionString: url,
          dial: (options) => dialPostgres(url, { ...options, names: { ...names, nameOf } }),
        },
      },
      logger,
    })
    const consumer = createRecordingConsumer()
    await queue.consume?.(consumer)
    for (let message = 1; message <= 2; message += 1) {
      await queue.enqueue([{ taskId: String(message), priority: 1, delayMs: 0 }])
      await expect.poll(() => consumer.delivered.length).toBe(message)
    }
    for (const verb of [/INSERT INTO brandkit_queue/, /DELETE FROM brandkit_queue/]) {
      await expect.poll(() => named.some((text) => verb.test(text))).toBe(true)
    }
    expect(named.filter((text) => text.includes('SKIP LOCKED'))).toEqual([])
  })
})

describe('a store that begins with an empty database', () => {
  it('never reads the whole table once it has grown, although its plans were made before', async () => {
    const url = await postgres.createDatabase()
    const outside = new Client({ connectionString: url })
    onTestFinished(() => outside.end())
    await outside.connect()
    const countReads = async () => {
      // A session hands its counters in when it ends.
      await expect
        .poll(
          async () =>
            (
              await outside.query(
                `select from pg_stat_activity where application_name = 'brandkit' and datname = current_database()`,
              )
            ).rowCount,
        )
        .toBe(0)
      const { rows } = await outside.query(
        `select seq_tup_read + idx_tup_fetch as rows from pg_stat_user_tables where relname = 'tasks'`,
      )
      return Number(rows[0].rows)
    }
    const migrating = await openStore(url)
    await migrating.close()
    const before = await countReads()
    const store = await openStore(url)
    // Postgres plans five times for the values at hand, and then for good.
    await repeat(12, () => liveWholeLife(store))

    const crowd = 4_000
    await store.create({ tasks: times(crowd, () => newTask()) })
    await repeat(2, () => liveWholeLife(store))
    await store.close()

    expect((await countReads()) - before).toBeLessThan(crowd / 2)
  })
})
