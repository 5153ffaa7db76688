import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { MIGRATIONS } from '../../src/store/postgres/migrations.js'
import { runHere } from './run-bin.js'

const LATEST = MIGRATIONS.at(-1)?.number

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

/** Everything that migrations make. */
async function schemaOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(`
    select indexdef as line from pg_indexes where schemaname = 'brandkit'
    union all
    select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default)
      from information_schema.columns where table_schema = 'brandkit'
    union all
    select pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = 'brandkit'::regnamespace
    union all
    select format('%s %s', number, name) from brandkit.migrations
    order by 1`)
  return rows.map(({ line }) => line)
}

/** The names of all tables and indexes. */
async function relationsOf(client: Client): Promise<unknown[]> {
  const { rows } = await client.query(
    `select relname from pg_class where relnamespace = to_regnamespace('brandkit') order by relname`,
  )
  return rows
}

describe('brandkit migrate, on a server', () => {
  it('goes up to a migration, then to the newest, and never back', async () => {
    const database = await postgres.createDatabase()
    const first = await runHere(['migrate', '--to', '13', '--json'], { DATABASE_URL: database })
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.json()).toMatchObject({ ok: true, from: 0, to: 13 })

    const second = await runHere(['migrate', '--json', '--database', database])
    expect(second.json()).toMatchObject({ ok: true, from: 13, to: LATEST })
    const third = await runHere(['migrate', '--database', database])
    expect(third).toMatchObject({ code: 0, stdout: expect.stringContaining(`every migration up to ${LATEST} already`) })
    const back = await runHere(['migrate', '--to', '13', '--database', database])
    expect(back).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('no migration is ever undone') })

    const client = await connect(database)
    await client.query(`insert into brandkit.migrations (number, name) values (999, 'shapes')`)
    const newer = await runHere(['migrate', '--json'], { DATABASE_URL: database })
    expect(newer.json()).toMatchObject({ ok: true, warning: expect.stringContaining('999 (shapes)') })
    await client.query(`update brandkit.migrations set name = 'shapes!' where number = 999`)
    const breaking = await runHere(['migrate', '--json'], { DATABASE_URL: database })
    expect(breaking).toMatchObject({ code: 1, stderr: '' })
    expect(breaking.json()).toMatchObject({ ok: false, error: { code: 'store_unavailable' } })
  })

  it.each([
    ['an empty database', undefined],
    ['a database that others use', '13'],
  ])('prints SQL for %s that makes the same schema, and changes nothing', async (_name, begun) => {
    const [migrated, byHand] = await Promise.all([postgres.createDatabase(), postgres.createDatabase()])
    if (begun)
      await Promise.all(
        [migrated, byHand].map((database) => runHere(['migrate', '--to', begun, '--database', database])),
      )

    const client = await connect(byHand)
    const before = await relationsOf(client)
    const dry = await runHere(['migrate', '--dry-run', '--json', '--database', byHand])
    const { statements } = dry.json()
    const { stdout } = await runHere(['migrate', '--dry-run', '--database', byHand])
    expect(stdout.replaceAll(/^--.*\n/gm, '').trim()).toBe(statements.map((text) => `${text};`).join('\n'))
    expect(statements.some((text) => text.includes('concurrently'))).toBe(begun !== undefined)
    expect(await relationsOf(client)).toEqual(before)

    for (const text of statements) await client.query(text)
    expect(await runHere(['migrate', '--database', migrated])).toMatchObject({ code: 0 })
    expect(await schemaOf(client)).toEqual(await schemaOf(await connect(migrated)))
  })

  it('says why it could not', async () => {
    const url = new URL(await postgres.createDatabase())
    url.pathname = '/nowhere'
    const missing = await runHere(['migrate', '--database', url.href])
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('has no such database') })
    expect(missing.stderr).not.toContain(url.password + '@')

    const client = await connect(postgres.connectionString)
    const role = `reader_${url.port}`
    await client.query(`create role ${role} login password 'secret-of-reader'`)
    const own = new URL(await postgres.createDatabase())
    own.username = role
    own.password = 'secret-of-reader'
    const denied = await runHere(['migrate', '--database', own.href, '--json'])
    expect(denied.code).toBe(1)
    expect(denied.json()).toMatchObject({
      ok: false,
      error: { code: '42501', message: expect.stringContaining('permission denied') },
    })
    expect(denied.stdout + denied.stderr).not.toContain('secret-of-reader')
  })
})
