import { startPgBouncer } from '@brandkit/tooling/pgbouncer'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { memoryQueue } from '../../src/memory.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { followEvents } from '../../src/testing/follow-events.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { createReport, makeReport, sampleServer } from '../fixtures/sample-tasks.js'

let postgres: TestPostgres
const { keep } = keepSampleServers()
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe('a stream of one process', () => {
  it.each(['hears of', 'asks for, through a pooler that delivers no notifications,'] as const)(
    '%s what another process creates and completes',
    async (way) => {
      const database = await postgres.createDatabase()
      const pooler = way === 'hears of' ? null : await startPgBouncer(database)
      const web = keep(sampleServer(makeReport, { store: postgresStore(pooler?.through(database) ?? database) }))
      const worker = keep(sampleServer(makeReport, { store: postgresStore(database), queue: memoryQueue() }))
      await worker.start()
      const request = new Request('http://app.test/api/jobs?action=events', { headers: { 'x-user': 'ada' } })
      const followed = followEvents(await web.handler(request))
      await vi.waitFor(() => expect(followed.events).toHaveLength(1))

      const taskId = await createReport(worker)
      await vi.waitFor(() => expect(followed.view.get(taskId)).toMatchObject({ status: 'completed', progress: 100 }))
      await followed.close()
      await web.stop()
      await pooler?.stop()
    },
    60_000,
  )
})
