import { createLogger, type LogEntry } from '@brandkit/core'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryQueue } from '../../memory.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { createReport, makeReport, sampleServer } from '../../../proofs/fixtures/sample-tasks.js'
import { postgresStore, type PostgresStoreOptions } from './postgres-store.js'
import { createPglite } from '../../../proofs/fixtures/create-pglite.js'

interface Opened {
  options: PostgresStoreOptions
  query: (text: string) => Promise<unknown>
  close: () => Promise<void>
}

let server: TestPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

async function openPglite(): Promise<Opened> {
  const pglite = await createPglite()
  return { options: { pglite }, query: (text) => pglite.query(text), close: () => pglite.close() }
}

async function openServer(): Promise<Opened> {
  const database = await server.createDatabase()
  const client = new Client({ connectionString: database })
  await client.connect()
  return { options: { database }, query: (text) => client.query(text), close: () => client.end() }
}

describe.each([
  ['PGlite', openPglite],
  ['a server', openServer],
])('a database on %s that is newer than the code', (_name, open) => {
  const { keep } = keepSampleServers()
  let database: Opened
  let warning: string
  beforeAll(async () => {
    database = await open()
    const store = postgresStore(database.options)
    await store.open()
    warning = store.capabilities.warning ?? ''
    await store.close()
    await database.query(`insert into brandkit.migrations (number, name) values (998, 'colours'), (999, 'shapes')`)
  })
  afterAll(() => database.close())

  it('is not spoken of before it is', () => {
    expect(warning).not.toContain('newer')
  })

  it.each(['auto', 'check'] as const)(
    'is said once at start, with both numbers, and worked with (%s)',
    async (migrate) => {
      const entries: LogEntry[] = []
      const logger = createLogger({ sink: (entry) => void entries.push(entry) })
      const store = postgresStore({ ...database.options, migrate })
      const tasks = keep(sampleServer(makeReport, { store, queue: memoryQueue(), logger }))
      await tasks.start()
      await createReport(tasks)
      const warnings = entries.filter(({ level, message }) => level === 'warn' && message.includes('newer'))
      expect(warnings.map(({ message }) => message)).toEqual([
        expect.stringContaining(
          'it has migration 998 (colours), 999 (shapes) of the schema "brandkit", and this code knows up to',
        ),
      ])
    },
  )

  it.each(['auto', 'check'] as const)(
    'is refused in one sentence when a migration is marked as breaking (%s)',
    async (migrate) => {
      await database.query(`insert into brandkit.migrations (number, name) values (1000, 'payloads!')`)
      try {
        await expect(postgresStore({ ...database.options, migrate }).open()).rejects.toMatchObject({
          code: 'store_unavailable',
          retryable: false,
          message: expect.stringMatching(
            /^The database has migration 1000 \(payloads!\)[^.]*, which this code \(up to \d+\) cannot work with: [^.]*\.$/,
          ),
        })
      } finally {
        await database.query(`delete from brandkit.migrations where number = 1000`)
      }
    },
  )
})
