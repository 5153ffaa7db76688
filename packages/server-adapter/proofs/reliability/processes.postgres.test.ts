import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../src/create-task-server.js'
import { pgBossQueue } from '../../src/queue/pg-boss/pg-boss-queue.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { claimOne, createOne, FULL_PASS, KNOWN_TYPES } from '../../src/testing/store/new-task.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { call, createReport, makeReport, sampleServer, statusOf } from '../fixtures/sample-tasks.js'

let postgres: TestPostgres
const { keep } = keepSampleServers()
beforeAll(async () => {
  postgres = await startPostgres()
})
afterEach(() => void vi.useRealTimers())
afterAll(() => postgres.stop())

function serverOn(database: string, options: Parameters<typeof sampleServer>[1] = {}): TaskServer {
  return keep(sampleServer(makeReport, { store: postgresStore(database), queue: pgBossQueue(), ...options }))
}

const completed = (server: TaskServer, taskId: string) =>
  vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))

describe('processes on one Postgres', () => {
  it('may take requests alone or work alone', async () => {
    const database = await postgres.createDatabase()
    const web = serverOn(database)
    const taskId = await createReport(web)
    expect((await statusOf(web, taskId)).status).toBe('queued')
    await serverOn(database).start()
    await completed(web, taskId)
  })

  it('leave a type that only the newer release knows to the newer release', async () => {
    const database = await postgres.createDatabase()
    const newer = serverOn(database)
    const taskId = await createReport(newer)
    const older = serverOn(database, { generators: {} })
    await older.start()
    await older.maintain()
    expect((await statusOf(newer, taskId)).status).toBe('queued')
    await newer.start()
    // The older process has used up the message, and may also get the next; each alarm makes another.
    await vi.waitFor(async () => {
      await query(database, `update brandkit.tasks set redeliver_at = clock_timestamp() where status = 'queued'`)
      await newer.maintain()
      expect((await statusOf(newer, taskId)).status).toBe('completed')
    })
  })

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
  })

  it('make one task of 50 retries that are asked of both at once', async () => {
    const database = await postgres.createDatabase()
    const servers = [serverOn(database), serverOn(database)] as const
    const taskId = await createReport(servers[0])
    await call(servers[0], 'POST', 'action=cancel', { body: { taskId } })
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, turn) =>
        call(servers[turn % 2 === 0 ? 0 : 1], 'POST', 'action=retry', { body: { taskId } }),
      ),
    )
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.task.taskId}`)).size).toBe(1)
    const { body } = await call(servers[1], 'GET', 'action=list')
    expect(body).toMatchObject({ tasks: [{ retryOf: taskId }, { taskId }] })
  })

  it('wake whoever waits for a status in one when the other changes the task', async () => {
    const database = await postgres.createDatabase()
    const [reader, writer] = [serverOn(database), serverOn(database)]
    const taskId = await createReport(writer)
    const status = `action=status&taskId=${taskId}`
    const known = (await call(reader, 'GET', status)).headers.get('etag') ?? ''
    const waiting = call(reader, 'GET', `${status}&wait=25`, { headers: { 'if-none-match': known } })
    await call(writer, 'POST', 'action=cancel', { body: { taskId } })
    expect(await waiting).toMatchObject({ status: 200, body: { task: { status: 'cancelled' } } })
  })

  it('need not agree on the time: a clock that is an hour fast ends no lease and starts nothing early', async () => {
    const database = await postgres.createDatabase()
    const right = postgresStore(database)
    await right.open()
    const running = await createOne(right)
    const { lease } = await claimOne(right, running)
    const later = await createOne(right, { runAt: new Date(Date.now() + 1_800_000).toISOString() })

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    const wrong = postgresStore(database)
    await wrong.open()
    expect(await wrong.maintain(FULL_PASS)).toMatchObject({ expired: 0, deliver: [] })
    const claim = await wrong.claim({ taskId: later.taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000 })
    expect(claim.outcome).toBe('early')
    const busy = await wrong.claim({ taskId: running.taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000 })
    expect(busy.outcome).toBe('busy')
    expect(await right.settle(lease, { status: 'completed', result: 1 })).toMatchObject({ status: 'completed' })
    await Promise.all([right.close(), wrong.close()])
  })
})

async function query(database: string, text: string, values: unknown[] = []): Promise<void> {
  const client = new Client(database)
  await client.connect()
  await client.query(text, values)
  await client.end()
}
