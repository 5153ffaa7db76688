import { silentLogger } from '@brandkit/core'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { startCuttingProxy } from '../fixtures/cutting-proxy.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { openPgBoss, QUEUE_NAME } from '../../src/queue/pg-boss/open-pg-boss.js'
import { connectPostgres } from '../../src/store/postgres/connect-postgres.js'
import { errandServer, OWNER } from './errand-process.js'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

/** A new database behind a proxy that can hang. */
async function databaseBehindProxy() {
  const database = await postgres.createDatabase()
  const address = new URL(database)
  const proxy = await startCuttingProxy({ host: address.hostname, port: Number(address.port) })
  onTestFinished(() => proxy.close())
  address.port = String(proxy.port)
  return { database, proxy, behindProxy: address.href }
}

describe('a database that stands still, and closes no connection', () => {
  it('does not keep the server from stopping, and another server does its work', async () => {
    const { database, proxy, behindProxy } = await databaseBehindProxy()
    const began = Promise.withResolvers<AbortSignal>()
    const server = errandServer(behindProxy, {
      timings: { leaseMs: 1_000, beatMs: 100, maintenanceMs: 50, drainMs: 100 },
      generators: {
        ERRAND: ({ signal }) => {
          began.resolve(signal)
          return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        },
      },
    })
    await server.start()
    const { taskId } = await server.tasks.create(OWNER, {
      type: 'ERRAND',
      brandId: 'aurora',
      payload: { deed: 'succeed' },
    })
    await began.promise

    proxy.standStill()
    await server.stop()

    const other = errandServer(database, { timings: { leaseMs: 1_000, beatMs: 100, maintenanceMs: 50 } })
    await other.start()
    const store = postgresStore(database)
    await store.open()
    onTestFinished(async () => void (await Promise.all([other.stop(), store.close()])))
    await vi.waitFor(async () =>
      expect(await store.find([taskId], OWNER)).toMatchObject([{ status: 'completed', result: { by: 'second' } }]),
    )
  })

  it('is given up by a statement that takes too long, and asked over other connections when it goes on', async () => {
    const { proxy, behindProxy } = await databaseBehindProxy()
    const connection = await connectPostgres(behindProxy, { longestMs: 300 })
    const ask = () => sql`select 1`.execute(connection.database)
    await ask()
    proxy.standStill()
    await expect(ask()).rejects.toThrow('Connection terminated')
    proxy.heal()
    await vi.waitFor(ask)
    await connection.close()
  })

  it('is given up by the queue as well', async () => {
    const { proxy, behindProxy } = await databaseBehindProxy()
    const { handle, close } = await connectPostgres(behindProxy)
    const options = { database: handle, schema: 'still', maxConnections: 2, longestMs: 2_000, logger: silentLogger }
    const { boss, close: stop } = await openPgBoss(options)
    const send = () => boss.insert(QUEUE_NAME, [{ data: {} }])
    await send()
    proxy.standStill()
    await expect(send()).rejects.toThrow('Connection terminated')
    proxy.heal()
    await vi.waitFor(send)
    await stop()
    await close()
  })
})
