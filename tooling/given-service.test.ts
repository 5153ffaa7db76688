import { askRedis, startOwnRedis, startRedis } from '@brandkit/tooling/redis'
import { startOwnPostgres, startPostgres } from '@brandkit/tooling/postgres'
import { Client } from 'pg'
import { describe, expect, it, onTestFinished, vi } from 'vitest'

describe('a given Postgres', () => {
  it('holds the databases of the tests, which can take it away and bring it back', async () => {
    const own = await startOwnPostgres()
    onTestFinished(own.stop)
    vi.stubEnv('TEST_POSTGRES_URL', own.connectionString)
    const given = await startPostgres()
    onTestFinished(given.stop)

    const database = await given.createDatabase()
    const names = await query(own.connectionString, 'select datname from pg_database')
    expect(names).toContainEqual({ datname: new URL(database).pathname.slice(1) })
    expect(() => given.dataFolder).toThrow('startOwnPostgres')

    await given.kill()
    await expect(query(database, 'select 1')).rejects.toThrow('ECONNREFUSED')
    await given.restart()
    await expect(query(database, 'select 1 as one')).resolves.toEqual([{ one: 1 }])
  })
})

describe('a given Redis', () => {
  it('gives each test a database, and forgets what it had when it comes back', async () => {
    const own = await startOwnRedis()
    onTestFinished(own.stop)
    vi.stubEnv('TEST_REDIS_URL', own.url)
    const [one, two] = await Promise.all([startRedis(), startRedis()])
    onTestFinished(one.stop)
    onTestFinished(two.stop)
    expect(new URL(one.url).pathname).not.toBe(new URL(two.url).pathname)

    const port = Number(new URL(own.url).port)
    const inDatabaseOf = ({ url }: { url: string }, words: string) =>
      askRedis(port, `SELECT ${new URL(url).pathname.slice(1)}\r\n${words}`)
    for (const database of [one, two]) await inDatabaseOf(database, 'SET key value')

    await one.kill()
    await expect(askRedis(Number(new URL(one.url).port), 'PING')).rejects.toThrow('ECONNREFUSED')
    await one.restart()
    expect(await inDatabaseOf(one, 'DBSIZE')).toContain(':0')
    expect(await inDatabaseOf(two, 'DBSIZE')).toContain(':1')
  })
})

async function query(connectionString: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
