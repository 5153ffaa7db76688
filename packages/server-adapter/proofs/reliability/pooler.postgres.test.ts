import { silentLogger, type TaskLogger } from '@brandkit/core'
import { startPgBouncer, type TestPgBouncer } from '@brandkit/tooling/pgbouncer'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { dialPostgres } from '../../src/store/postgres/dial-postgres.js'
import type { TaskStore } from '../../src/store/task-store.js'
import type { TaskChange } from '../../src/store/task-watcher.js'
import { followEvents } from '../../src/testing/follow-events.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { describeTaskStore } from '../../src/testing/store-conformance.js'
import { claimOne, createOne, findOne, ownerOf } from '../../src/testing/store/new-task.js'
import { errandServer, OWNER } from './errand-process.js'

/** The longest time until a reader must see a change, in milliseconds: sooner than the comparison that finds lost notifications. */
const SEEN_MS = 12_000

const { keep } = keepSampleServers()
let postgres: TestPostgres
let pooler: TestPgBouncer
let url: string
beforeAll(async () => {
  postgres = await startPostgres()
  pooler = await startPgBouncer(postgres.connectionString)
  url = pooler.through(await postgres.createDatabase())
})
afterAll(async () => {
  await pooler.stop()
  await postgres.stop()
})

describe('PgBouncer in transaction mode', () => {
  it('is never taken for something that delivers notifications, however quiet it is', async () => {
    const { listen, query, end } = await dialPostgres(url, { applicationName: 'quiet' })
    const states: string[] = []
    const stop = listen({ channel: 'news', onMessage: () => {}, onState: (state) => states.push(state) })
    await vi.waitFor(() => expect(states).not.toEqual([]))
    await stop()
    expect(states).not.toContain('live')
    // No connection of the pooler still listens.
    const { rows } = await query('select * from pg_listening_channels()')
    expect(rows).toEqual([])
    await end()
  })

  describe('before a store', () => {
    let store: TaskStore
    beforeAll(async () => {
      store = postgresStore(url)
      await store.open()
    })
    afterAll(() => store.close())

    it('takes claims, ends and cancels, and a watcher sees each within two seconds', async () => {
      const [ran, cancelled] = [await createOne(store), await createOne(store)]
      const seen = new Map<string, TaskChange>()
      const stop = store.watch({
        onChanges: (changes) => changes.forEach((change) => seen.set(change.taskId, change)),
        following: () => [ran.taskId, cancelled.taskId],
        owners: () => [],
      })
      onTestFinished(stop)
      const isSeen = async (taskId: string, status: string) => {
        const since = performance.now()
        await vi.waitFor(() => expect(seen.get(taskId)).toMatchObject({ status }))
        expect(performance.now() - since).toBeLessThan(SEEN_MS)
      }
      const { lease } = await claimOne(store, ran)
      await isSeen(ran.taskId, 'processing')
      await store.settle(lease, { status: 'completed', result: 1 })
      await isSeen(ran.taskId, 'completed')
      await store.cancel(cancelled.taskId, ownerOf(cancelled))
      await isSeen(cancelled.taskId, 'cancelled')
      expect(await findOne(store, ran)).toMatchObject({ status: 'completed', result: 1 })
    })

    it('names no statement, however often it is sent', async () => {
      for (let life = 0; life < 8; life += 1) {
        const { lease } = await claimOne(store, await createOne(store))
        await store.settle(lease, { status: 'completed', result: 1 })
      }
      const { query, end } = await dialPostgres(url, { applicationName: 'asks' })
      onTestFinished(end)
      // PgBouncer gives the connection that was used last, hence the one of the store.
      const { rows } = await query(`select name from pg_prepared_statements where name like 'brandkit%'`)
      expect(rows).toEqual([])
    })
  })

  it('before web and worker: pg-boss brings the task, and the page sees its end within two seconds', async () => {
    const own = pooler.through(await postgres.createDatabase())
    const goOn = Promise.withResolvers<void>()
    const warn = vi.fn<TaskLogger['warn']>()
    const logger: TaskLogger = { ...silentLogger, warn, scope: () => logger }
    const web = keep(errandServer(own, { authenticate: () => OWNER, logger }))
    const worker = keep(
      errandServer(own, {
        generators: {
          ERRAND: async () => {
            await goOn.promise
            return { by: 'second' }
          },
        },
      }),
    )
    await worker.start()
    const followed = followEvents(await web.handler(new Request('http://app.test/api/jobs?action=events')))
    const { taskId } = await web.tasks.create(OWNER, {
      type: 'ERRAND',
      brandId: 'aurora',
      payload: { deed: 'succeed' },
    })
    await vi.waitFor(() => expect(followed.view.get(taskId)).toMatchObject({ status: 'processing' }))
    goOn.resolve()
    await vi.waitFor(async () => expect(await web.stats()).toMatchObject({ completed: 1 }))
    const endedAt = performance.now()
    await vi.waitFor(() => expect(followed.view.get(taskId)).toMatchObject({ status: 'completed' }))
    expect(performance.now() - endedAt).toBeLessThan(SEEN_MS)
    await followed.close()
    const reason = expect.stringContaining('pooler in transaction mode')
    await vi.waitFor(() => expect(warn).toHaveBeenCalledWith(expect.stringContaining('once a second'), { reason }))
  })
})

// `npm run test:full` sets this, to find code that breaks when each transaction may use another session.
if (process.env['POOLED'] === 'all') {
  describeTaskStore('postgres through PgBouncer', async () => postgresStore(url), {
    openPeer: async () => postgresStore(url),
  })
}
