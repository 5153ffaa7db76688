import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { Kysely, PGliteDialect, type RawBuilder, sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { pgBossQueue } from '../../queue/pg-boss/pg-boss-queue.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { ada, createReport, makeReport, sampleServer, statusOf } from '../../../proofs/fixtures/sample-tasks.js'
import { describeSqlStore } from '../../../proofs/fixtures/sql-store.js'
import { HOSTILE_SETTINGS } from '../../../proofs/fixtures/hostile-settings.js'
import { newTask } from '../../testing/store/new-task.js'
import { describeTaskStore } from '../../testing/store-conformance.js'
import type { TaskStore } from '../task-store.js'
import { doubleOf, momentOf, toDouble, toEpochMs, toInteger, toIso } from './read-number.js'
import { postgresStore } from './postgres-store.js'
import { createPglite } from '../../../proofs/fixtures/create-pglite.js'

describe('a database whose role has settings of its own', () => {
  let postgres: TestPostgres
  let url: string
  beforeAll(async () => {
    postgres = await startPostgres()
    const admin = await postgres.createDatabase()
    const { pathname } = new URL(admin)
    const client = new Client({ connectionString: admin })
    await client.connect()
    await client.query(`create role tenant login password 'x'`)
    await client.query(`grant create on database ${pathname.slice(1)} to tenant`)
    await client.query(`create schema evil`)
    await client.query(`grant usage on schema evil to tenant`)
    await client.query(
      `create function evil.clock_timestamp() returns timestamptz language sql as $$ select '1970-01-01'::timestamptz $$`,
    )
    await client.query(`create function evil.json_agg(json) returns json language sql as $$ select '[]'::json $$`)
    for (const [name, value] of Object.entries({ ...HOSTILE_SETTINGS, statement_timeout: '1s', lock_timeout: '1ms' })) {
      await client.query(`alter role tenant set ${name} = '${value}'`)
    }
    await client.query(`alter role tenant set search_path = evil, pg_catalog, public`)
    await client.end()
    url = Object.assign(new URL(admin), { username: 'tenant', password: 'x' }).href
  })
  afterAll(() => postgres.stop())

  describeTaskStore('postgres for a role with settings of its own', async () => postgresStore(url), {
    openPeer: async () => postgresStore(url),
  })

  const { keep } = keepSampleServers()

  it('serves tasks through pg-boss from creation to the end, and the second page of a list', async () => {
    const server = keep(sampleServer(makeReport, { store: postgresStore(url), queue: pgBossQueue() }))
    await server.start()
    for (let made = 0; made < 3; made += 1) {
      const taskId = await createReport(server)
      await vi.waitFor(async () => expect(await statusOf(server, taskId)).toMatchObject({ status: 'completed' }))
      const { completedAt = '' } = await statusOf(server, taskId)
      expect(Math.abs(Date.parse(completedAt) - Date.now())).toBeLessThan(60_000)
    }
    const wire = server.as(ada)
    const first = await wire.list({ limit: 2 })
    const second = await wire.list({ limit: 2, cursor: first.nextCursor ?? '' })
    const seen = first.tasks.map(({ taskId }) => taskId)
    expect(seen).toHaveLength(2)
    expect(second.tasks).not.toEqual([])
    expect(second.tasks.filter(({ taskId }) => seen.includes(taskId))).toEqual([])
  })

  describe('and an app that works in it', () => {
    let store: TaskStore
    let app: Client
    beforeAll(async () => {
      store = postgresStore(url)
      await store.open()
      app = new Client({ connectionString: url })
      await app.connect()
      // In its own session the app is responsible for names that hide those of Postgres.
      await app.query('set search_path to public')
    })
    afterAll(async () => {
      await app.end()
      await store.close()
    })

    describeSqlStore({
      store: () => store,
      query: (text, parameters) => app.query(text, parameters),
      async transaction(work) {
        await app.query('begin')
        try {
          await work(app)
          await app.query('commit')
        } catch (error) {
          await app.query('rollback')
          throw error
        }
      },
    })

    it('reads the times of a task that is created in the app’s own session', async () => {
      await app.query('begin')
      const before = Date.now()
      const { tasks } = await store.create({ tasks: [newTask()], transaction: app })
      const { createdAt, runAt } = tasks[0]!
      await app.query('commit')
      expect(Date.parse(createdAt)).toBeGreaterThanOrEqual(before - 1_000)
      expect(Date.parse(createdAt)).toBeLessThanOrEqual(Date.now() + 1_000)
      expect(runAt).toBe(createdAt)
    })
  })
})

describe('moments and doubles', () => {
  let db: Kysely<unknown>
  beforeAll(async () => {
    db = new Kysely({ dialect: new PGliteDialect({ pglite: await createPglite() }) })
  })
  afterAll(() => db.destroy())

  async function read(expression: RawBuilder<unknown>): Promise<unknown> {
    const { rows } = await sql<{ value: unknown }>`select ${expression} as value`.execute(db)
    return rows[0]?.value
  }

  it.each([
    ['0001-01-01T00:00:00.000Z', '0001-01-01 00:00:00.000999+00'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31 23:59:59.999001+00'],
    ['1999-12-31T23:59:59.999Z', '1999-12-31 23:59:59.999999+00'],
    ['2000-01-01T00:00:00.000Z', '2000-01-01 00:00:00+00'],
    ['2026-11-29T12:34:56.789Z', '2026-11-29 12:34:56.789999+00'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31 23:59:59.999999+00'],
  ])('are read to the millisecond: %s', async (iso, text) => {
    const value = await read(momentOf(sql.raw(`'${text}'::timestamptz`)))
    expect(toIso(value)).toBe(iso)
    expect(toEpochMs(value)).toBe(Date.parse(iso))
  })

  it.each([0, 0.1, 33.333333333333336, 99, 5e-324])('are read with every digit: %d', async (number) => {
    expect(toDouble(await read(doubleOf(sql.raw(`'${number}'::float8`))))).toBe(number)
  })
})

describe('a value that cannot be read', () => {
  it.each([null, undefined, '', 'Infinity', '01/02/2026', new Date(NaN), 1, '1.5'])(
    'is an error and never 1970: %o',
    (value) => {
      for (const read of [toInteger, toIso, toEpochMs, toDouble]) {
        expect(() => read(value)).toThrow(expect.objectContaining({ code: 'internal_error' }))
      }
    },
  )

  it('is an integer that a double would round', () => {
    expect(() => toInteger('9007199254740993')).toThrow(expect.objectContaining({ code: 'internal_error' }))
  })

  it.each(['infinity', '7fffffffffffffff', '8000000000000000', '000310e1a4d2c0g0', '+000310e1a4d2c00'])(
    'is no moment that a Date can hold: %s',
    (value) => {
      expect(() => toIso(value)).toThrow(`The database gave "${value}" where a number`)
      expect(() => toEpochMs(value)).toThrow(`The database gave "${value}" where a number`)
    },
  )

  it.each([null, '', '33.3', '7ff0000000000000', '7ff8000000000000'])('is no double: %o', (value) => {
    expect(() => toDouble(value)).toThrow(expect.objectContaining({ code: 'internal_error' }))
  })
})
