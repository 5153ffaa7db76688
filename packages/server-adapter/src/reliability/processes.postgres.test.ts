import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../create-task-server.js'
import { pgBossQueue } from '../pg-boss.js'
import { postgresStore } from '../postgres.js'
import { createReport, makeReport, sampleServer, statusOf } from '../testing/sample-tasks.js'

let postgres: TestPostgres
const servers: TaskServer[] = []
beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterEach(async () => {
  vi.useRealTimers()
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})
afterAll(() => postgres.stop())

function serverOn(database: string, options: Parameters<typeof sampleServer>[1] = {}): TaskServer {
  const server = sampleServer(makeReport, { store: postgresStore(database), queue: pgBossQueue(), ...options })
  servers.push(server)
  return server
}

const completed = (server: TaskServer, taskId: string) =>
  vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'), { timeout: 20_000 })

describe('processes on one Postgres', () => {
  it('may take requests alone or work alone', async () => {
    const database = await postgres.createDatabase()
    const web = serverOn(database)
    const taskId = await createReport(web)
    expect((await statusOf(web, taskId)).status).toBe('queued')
    await serverOn(database).start()
    await completed(web, taskId)
  }, 60_000)

  it('leave a type that only the newer release knows to the newer release', async () => {
    const database = await postgres.createDatabase()
    const newer = serverOn(database)
    const taskId = await createReport(newer)
    const older = serverOn(database, { generators: {} })
    await older.start()
    await older.maintain()
    expect((await statusOf(newer, taskId)).status).toBe('queued')
    await newer.start()
    // The older one has used up the message: the alarm, when its time has come, makes another.
    await query(database, 'update brandkit.tasks set redeliver_at = clock_timestamp()')
    await vi.waitFor(async () => {
      await newer.maintain()
      expect((await statusOf(newer, taskId)).status).toBe('completed')
    })
  }, 60_000)

  it('of this release work on a schema that the next one has migrated', async () => {
    const database = await postgres.createDatabase()
    await createReport(serverOn(database))
    await query(database, `insert into brandkit.migrations (number, name) values (999, 'of the next release')`)
    await query(database, 'alter table brandkit.tasks add column colour text')
    const server = serverOn(database)
    await server.start()
    const taskId = await createReport(server)
    await completed(server, taskId)
    expect(await statusOf(server, taskId)).toMatchObject({ result: { reportId: 'r1' } })
  }, 60_000)

  it('need not agree on the time: a clock that is an hour fast ends no lease and starts nothing early', async () => {
    const database = await postgres.createDatabase()
    const web = serverOn(database)
    const soon = new Date(Date.now() + 1_800_000).toISOString()
    const taskId = await createReport(web)
    const { taskId: later } = await web.tasks.create(
      { tenantId: 'acme', userId: 'ada', brandIds: '*' },
      { type: 'MAKE_REPORT', brandId: 'aurora', payload: { name: 'Later' }, runAt: soon },
    )
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    const worker = serverOn(database)
    await worker.start()
    await completed(worker, taskId)
    await query(database, 'update brandkit.tasks set redeliver_at = clock_timestamp() where id = $1', [later])
    const pass = await worker.maintain()
    expect(pass).toMatchObject({ expired: 0 })
    expect(await statusOf(web, later)).toMatchObject({ status: 'queued', retryCount: 0 })
    const { startedAt } = await statusOf(web, taskId)
    expect(Date.parse(String(startedAt))).toBeLessThan(Date.now() - 3_000_000)
  }, 60_000)
})

async function query(database: string, text: string, values: unknown[] = []): Promise<void> {
  const client = new Client(database)
  await client.connect()
  await client.query(text, values)
  await client.end()
}
