import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { describeTaskStore } from '../../testing/store-conformance.js'
import { countDeadlocks } from '../../../proofs/reliability/count-deadlocks.js'
import { claimOne, createOne, findOne, newTask, ownerOf } from '../../testing/store/new-task.js'
import type { TaskStore } from '../task-store.js'
import type { TaskChange } from '../task-watcher.js'
import { describeSearchAgreement } from '../../../proofs/fixtures/search-agreement.js'
import { describeSqlStore } from '../../../proofs/fixtures/sql-store.js'
import { MIGRATIONS } from './migrations.js'
import { postgresStore } from './postgres-store.js'

let server: TestPostgres
let url: string
beforeAll(async () => {
  server = await startPostgres()
  url = await server.createDatabase()
})
afterAll(() => server.stop())

describeTaskStore('postgres on a server', async () => postgresStore(url), {
  openPeer: async () => postgresStore(url),
  countDeadlocks: () => countDeadlocks(url),
})

async function withClient<T>(work: (client: Client) => Promise<T>, connectionString = url): Promise<T> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

describe('postgresStore on a server', () => {
  let store: TaskStore
  beforeAll(async () => {
    store = postgresStore(url)
    await store.open()
  })
  afterAll(() => store.close())

  describeSqlStore({
    store: () => store,
    query: (text, parameters) => withClient((client) => client.query(text, parameters)),
    transaction: (work) =>
      withClient(async (client) => {
        await client.query('begin')
        try {
          await work(client)
          await client.query('commit')
        } catch (error) {
          await client.query('rollback')
          throw error
        }
      }),
  })

  describeSearchAgreement(() => store)

  it('creates the same work once, also in a transaction that cannot see what others have committed', async () => {
    const task = newTask()
    const unique = { key: task.taskId, onConflict: 'return', scope: ownerOf(task) } as const
    await withClient(async (transaction) => {
      await transaction.query('begin isolation level repeatable read')
      await transaction.query('select count(*) from brandkit.tasks')
      await store.create({ tasks: [{ ...task, unique }] })
      const again = { ...newTask({ userId: task.userId }), unique }
      await expect(store.create({ tasks: [again], transaction })).rejects.toMatchObject({ code: 'already_under_way' })
      await transaction.query('commit')
    })
    expect((await store.list({ limit: 10 }, ownerOf(task))).tasks).toHaveLength(1)
  })

  it('hears again after its listening connection was cut, also what was said meanwhile', async () => {
    const seen: TaskChange[] = []
    const input = await createOne(store)
    const stop = store.watch({
      onChanges: (changes) => seen.push(...changes),
      following: () => [input.taskId],
      owners: () => [],
    })
    await vi.waitFor(() => expect(seen).not.toEqual([]))
    await withClient((client) =>
      client.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'brandkit listen'`),
    )
    await store.cancel(input.taskId, ownerOf(input))
    await vi.waitFor(() => expect(seen.some(({ status }) => status === 'cancelled')).toBe(true))
    stop()
  })
})

describe('opening and closing', () => {
  it('migrates once when many open an empty database at the same time', async () => {
    const empty = await server.createDatabase()
    const stores = Array.from({ length: 5 }, () => postgresStore(empty))
    await Promise.all(stores.map((store) => store.open()))
    await Promise.all(stores.map((store) => store.close()))
    const { rows } = await withClient((client) => client.query('select number from brandkit.migrations'), empty)
    expect(rows).toEqual(MIGRATIONS.map(({ number }) => ({ number })))
  })

  it('writes no index for beats and reports', async () => {
    const empty = await server.createDatabase()
    const store = postgresStore(empty)
    await store.open()
    const { lease } = await claimOne(store, await createOne(store))
    for (let progress = 1; progress <= 20; progress += 1) {
      await store.report(lease, { progress })
      await store.beat(lease, { leaseMs: 60_000 })
    }
    await store.settle(lease, { status: 'completed', result: 1 })
    // A session hands its counters in when it ends.
    await store.close()
    const updates = `select n_tup_upd::integer as all, n_tup_hot_upd::integer as hot from pg_stat_user_tables where relname = 'tasks'`
    await expect
      .poll(async () => (await withClient((client) => client.query(updates), empty)).rows)
      .toEqual([{ all: 42, hot: 40 }])
  })

  it('only checks the schema in production, and says how to migrate', async () => {
    const empty = await server.createDatabase()
    vi.stubEnv('NODE_ENV', 'production')
    const numbers = MIGRATIONS.map(({ number }) => number).join(', ')
    try {
      await expect(postgresStore(empty).open()).rejects.toThrow(
        new RegExp(`lacks migration ${numbers} of the schema "brandkit".*npx @brandkit/server-adapter migrate`),
      )
      const migrating = postgresStore({ database: empty, migrate: 'auto' })
      await migrating.open()
      await migrating.close()
      const checking = postgresStore(empty)
      await checking.open()
      await checking.close()
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('leaves no connection behind', async () => {
    const own = await server.createDatabase()
    const store = postgresStore(own)
    await store.open()
    store.watch({ onChanges: () => {}, following: () => [], owners: () => [] })
    await createOne(store)
    await store.close()
    await vi.waitFor(async () => {
      const { rows } = await withClient(
        (client) =>
          client.query(
            `select application_name from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
          ),
        own,
      )
      expect(rows).toEqual([])
    })
    await expect(store.stats()).rejects.toMatchObject({ code: 'store_unavailable' })
  })

  it('says in one sentence that nothing listens there', async () => {
    await expect(postgresStore('postgres://127.0.0.1:1/nowhere').open()).rejects.toThrow(
      /^The Postgres server at 127\.0\.0\.1:1\/nowhere refused the connection: nothing listens there\..*\(ECONNREFUSED\)\.$/,
    )
  })

  it.each([
    [
      'a host name that nobody knows',
      () => 'postgres://no-such-host.invalid/db',
      /host name no-such-host\.invalid could not be resolved/,
    ],
    [
      'a database that is missing',
      () => Object.assign(new URL(url), { pathname: '/nowhere' }).href,
      /\/nowhere has no such database/,
    ],
  ])('says in one sentence that its URL names %s', async (_, toUrl, sentence) => {
    await expect(postgresStore(toUrl()).open()).rejects.toThrow(sentence)
  })

  // The last test, since it stops the server that all tests use.
  it('answers store_unavailable while the server is down, and works on when it is back', async () => {
    const own = await server.createDatabase()
    const store = postgresStore(own)
    await store.open()
    const input = await createOne(store)
    await server.kill()
    await expect(store.cancel(input.taskId, ownerOf(input))).rejects.toMatchObject({
      code: 'store_unavailable',
      retryable: true,
    })
    await server.restart()
    await vi.waitFor(async () => expect((await findOne(store, input)).status).toBe('queued'))
    expect(await store.cancel(input.taskId, ownerOf(input))).toMatchObject({ status: 'cancelled' })
    await store.close()
  })
})
