import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { silentLogger } from '@brandkit/core'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { memoryStore } from '../../store/memory-store.js'
import { fenceDatabase } from '../../../proofs/reliability/fence-database.js'
import { dialPostgres } from '../../store/postgres/dial-postgres.js'
import type { SqlDatabase } from '../../store/sql-database.js'
import { describeQueueBackend } from '../../testing/queue-conformance.js'
import { createRecordingConsumer } from '../../testing/queue/recording-consumer.js'
import { pgBossQueue } from './pg-boss-queue.js'

let postgres: TestPostgres
let pool: Pool

beforeAll(async () => {
  postgres = await startPostgres()
  pool = new Pool({ connectionString: postgres.connectionString, max: 1 })
  // One test kills the server; without a listener, the error of the broken connection would end the test run.
  pool.on('error', () => {})
})

afterAll(async () => {
  await pool.end()
  await postgres.stop()
})

/** A queue uses only its store's database. */
function openContext(connectionString = postgres.connectionString) {
  const database: SqlDatabase = {
    kind: 'postgres',
    pool,
    connectionString,
    dial: (options) => dialPostgres(connectionString, options),
  }
  return { store: { ...memoryStore(), database }, logger: silentLogger }
}

async function countOtherConnections() {
  const { rows } = await pool.query(
    `select pid from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`,
  )
  return rows.length
}

describeQueueBackend('pg-boss on Postgres', {
  create: () => pgBossQueue(),
  async prepare() {
    await pool.query(`do $$ begin
      if to_regclass('brandkit_queue.job') is not null then delete from brandkit_queue.job; end if;
    end $$`)
    return openContext()
  },
})

describe('pgBossQueue on Postgres', () => {
  it('wakes an idle consumer of another process by notification, long before its poll', async () => {
    const publisher = pgBossQueue()
    const worker = pgBossQueue({ pollMs: 600_000 })
    const consumer = createRecordingConsumer()
    await Promise.all([publisher.open(openContext()), worker.open(openContext())])
    await worker.consume?.(consumer)
    await publisher.enqueue([{ taskId: 'first', priority: 1, delayMs: 0 }])
    await expect.poll(() => consumer.delivered).toEqual(['first'])

    await publisher.enqueue([{ taskId: 'second', priority: 1, delayMs: 0 }])

    await expect.poll(() => consumer.delivered).toEqual(['first', 'second'])
    await Promise.all([publisher.close(), worker.close()])
  })

  it('leaves no connection behind when it is closed', async () => {
    const queue = pgBossQueue()
    await queue.open(openContext())
    await queue.consume?.(createRecordingConsumer())
    await queue.close()

    await expect.poll(countOtherConnections).toBe(0)
  })

  it('publishes at once over connections that were dialled while the server was read-only', async () => {
    const url = await postgres.createDatabase()
    const queue = pgBossQueue()
    onTestFinished(() => queue.close())
    await queue.open(openContext(url))
    const publish = (taskId: string) => queue.enqueue([{ taskId, priority: 1, delayMs: 0 }])

    await fenceDatabase(url, 'up')
    await vi.waitFor(() => expect(publish('refused')).rejects.toMatchObject({ code: '25006' }))
    // Every connection of the pool is opened now, while the server refuses writes, and only reads.
    await Promise.all(Array.from({ length: 20 }, async () => queue.depth?.()))
    await fenceDatabase(url, 'lifted')

    await publish('first')
    expect(await queue.depth?.()).toBe(1)
  })

  it('goes on consuming after the server has crashed and come back', async () => {
    const queue = pgBossQueue({ pollMs: 20 })
    const consumer = createRecordingConsumer()
    await queue.open(openContext())
    await queue.consume?.(consumer)
    const publish = () =>
      queue.enqueue([{ taskId: 'afterwards', priority: 1, delayMs: 0 }]).then(() => 'accepted', String)

    await postgres.kill()
    expect(await publish()).not.toBe('accepted')
    await postgres.restart()

    await expect.poll(publish).toBe('accepted')
    await expect.poll(() => consumer.delivered).toContain('afterwards')
    await queue.close()
  })
})
