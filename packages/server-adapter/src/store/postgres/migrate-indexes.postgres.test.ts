import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createOne } from '../../testing/store/new-task.js'
import { migrate } from './migrate.js'
import { postgresStore } from './postgres-store.js'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  onTestFinished(() => client.end())
  await client.connect()
  return client
}

async function openAndClose(url: string): Promise<void> {
  const store = postgresStore({ database: url, migrate: 'auto' })
  await store.open()
  await store.close()
}

/** A database with a task, in the state before migration 7, and a store that is open on it all the time. */
async function openBefore7() {
  const url = await postgres.createDatabase()
  const running = postgresStore(url)
  onTestFinished(() => running.close())
  await running.open()
  await createOne(running)
  const client = await connect(url)
  await client.query(`
    drop index brandkit.tasks_running;
    create index tasks_lease on brandkit.tasks (lease_expires_at) where status = 'processing';
    alter table brandkit.tasks reset (fillfactor);
    delete from brandkit.migrations where number = 7`)
  return { url, running, client }
}

async function readIndexes(client: Client): Promise<unknown[]> {
  const { rows } = await client.query(`
    select indexrelid::regclass::text as name, indisvalid as valid from pg_index
     where indexrelid::regclass::text in ('brandkit.tasks_running', 'brandkit.tasks_lease')`)
  return rows
}

async function untilWaiting(client: Client): Promise<void> {
  const isWaiting = async () => {
    const { rows } = await client.query(`select count(*)::int as waiting from pg_locks where not granted`)
    return rows[0].waiting > 0
  }
  await expect.poll(isWaiting).toBe(true)
}

/** The number in every release of `migrate.ts`. */
const LOCK_OF_MIGRATE = 0x62_72_61_6e
const MIGRATED = [{ name: 'brandkit.tasks_running', valid: true }]

describe('the indexes of a migration', () => {
  it('are built while other processes write, even if one of them holds a transaction open', async () => {
    const { url, running, client } = await openBefore7()
    const writer = await connect(url)
    await writer.query('begin')
    await writer.query(`update brandkit.tasks set rings = 1`)
    const migrating = openAndClose(url)
    await untilWaiting(client)
    await createOne(running)
    await writer.query('commit')
    await migrating
    expect(await readIndexes(client)).toEqual(MIGRATED)
  })

  it('are built again after an interruption', async () => {
    const { url, client } = await openBefore7()
    await client.query(`create index tasks_running on brandkit.tasks (id) where status = 'processing'`)
    await client.query(`update pg_index set indisvalid = false where indexrelid = 'brandkit.tasks_running'::regclass`)
    await openAndClose(url)
    expect(await readIndexes(client)).toEqual(MIGRATED)
  })

  it('are unique if the migration says so', async () => {
    const { url, client } = await openBefore7()
    await client.query(`drop index brandkit.tasks_unique; delete from brandkit.migrations where number = 10`)
    await openAndClose(url)
    const { rows } = await client.query(
      `select indisunique as unique, indisvalid as valid from pg_index where indexrelid = 'brandkit.tasks_unique'::regclass`,
    )
    expect(rows).toEqual([{ unique: true, valid: true }])
  })

  it('are built once when several processes start at once', async () => {
    const { url, client } = await openBefore7()
    await Promise.all(Array.from({ length: 4 }, () => openAndClose(url)))
    expect(await readIndexes(client)).toEqual(MIGRATED)
    const { rows } = await client.query('select count(*)::int as applied from brandkit.migrations where number = 7')
    expect(rows).toEqual([{ applied: 1 }])
  })

  it('are built without the lock for which processes of the previous release wait', async () => {
    const { url, client } = await openBefore7()
    const [writer, previous] = [await connect(url), await connect(url)]
    await writer.query('begin')
    await writer.query(`update brandkit.tasks set rings = 1`)
    const opening = openAndClose(url)
    await untilWaiting(client)
    // If it waited here for us, we would wait for it, too: Postgres would end one of both.
    await previous.query(`set lock_timeout = '5s'; select pg_advisory_xact_lock(${LOCK_OF_MIGRATE})`)
    await writer.query('commit')
    await opening
    expect(await readIndexes(client)).toEqual(MIGRATED)
  })

  it('are built under any settings of the role, which stay behind a pooler', async () => {
    const { url, client } = await openBefore7()
    const options = '-c default_transaction_isolation=serializable -c idle_in_transaction_session_timeout=200'
    const pool = new Pool({ connectionString: url, max: 2, options, application_name: 'of a role' })
    pool.on('connect', (connection) => connection.on('error', () => {}))
    onTestFinished(() => pool.end())
    const writer = await connect(url)
    await writer.query('begin')
    await writer.query(`update brandkit.tasks set rings = 1`)
    const migrating = migrate(new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }), { shared: true })
    const outcome = migrating.then(() => 'migrated', String)
    const holdsItsLock = async () => {
      const { rows } = await client.query(
        `select from pg_stat_activity where application_name = 'of a role'
            and state = 'idle in transaction' and clock_timestamp() - state_change > '400 ms'`,
      )
      return rows.length
    }
    await expect.poll(holdsItsLock, { timeout: 5_000 }).toBe(1)
    await writer.query('commit')
    expect(await outcome).toBe('migrated')
    expect(await readIndexes(client)).toEqual(MIGRATED)
  })

  it('make no statement wait for long behind a transaction that holds the table', async () => {
    const { url, running, client } = await openBefore7()
    await client.query(
      `delete from brandkit.migrations where number = 5; alter table brandkit.tasks drop column type_version`,
    )
    await client.query('begin')
    await client.query('select count(*) from brandkit.tasks')
    const opening = openAndClose(url)
    const outside = await connect(url)
    const isWaiting = async () => {
      const { rows } = await outside.query(
        `select count(*)::int as waiting from pg_locks where not granted and mode = 'AccessExclusiveLock'`,
      )
      return rows[0].waiting > 0
    }
    await expect.poll(isWaiting).toBe(true)
    // The lock is asked for again and again, and given up in between.
    await expect.poll(isWaiting, { timeout: 10_000 }).toBe(false)
    await client.query('commit')
    await opening
    await expect(createOne(running)).resolves.toBeDefined()
    expect(await readIndexes(outside)).toEqual(MIGRATED)
  })
})
