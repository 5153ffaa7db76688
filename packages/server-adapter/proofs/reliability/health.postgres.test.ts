import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { startRedis } from '@brandkit/tooling/redis'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { startCuttingProxy } from '../fixtures/cutting-proxy.js'
import { bullmqQueue } from '../../src/queue/bullmq/bullmq-queue.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { errandServer, OWNER } from './errand-process.js'
import { fenceDatabase } from './fence-database.js'

let postgres: TestPostgres
const { keep } = keepSampleServers()
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const askHealth = (server: ReturnType<typeof errandServer>) =>
  server.handler(new Request('http://app.test/api/jobs?action=health'))

describe('the health of a server', () => {
  it('is 503 after its Postgres has gone, and 200 once it is there again', async () => {
    const server = keep(errandServer(await postgres.createDatabase()))
    await server.start()
    expect((await askHealth(server)).status).toBe(200)

    await postgres.kill()
    await vi.waitFor(async () => expect((await askHealth(server)).status).toBe(503), { interval: 50 })

    await postgres.restart()
    await vi.waitFor(async () => expect((await askHealth(server)).status).toBe(200), { interval: 50 })
  })

  it('is 503 while its Postgres stands still, long before a driver gives up, and 200 once it moves on', async () => {
    const address = new URL(await postgres.createDatabase())
    const proxy = await startCuttingProxy({ host: address.hostname, port: Number(address.port) })
    onTestFinished(() => proxy.close())
    address.port = String(proxy.port)
    // Without a worker, only `health` uses the database.
    const server = keep(errandServer(address.href))
    await vi.waitFor(async () => expect((await askHealth(server)).status).toBe(200))

    proxy.standStill()
    const still = performance.now()
    await vi.waitFor(async () => expect((await askHealth(server)).status).toBe(503), { interval: 50 })
    expect(performance.now() - still).toBeLessThan(15_000)

    proxy.heal()
    await vi.waitFor(async () => expect((await askHealth(server)).status).toBe(200), { interval: 50 })
  })

  it('is 503 while its Postgres is read-only, as creates are, and 200 as soon as it can be written again', async () => {
    const url = await postgres.createDatabase()
    const server = keep(errandServer(url))
    const create = () => server.tasks.create(OWNER, { type: 'ERRAND', brandId: 'aurora', payload: { deed: 'succeed' } })
    await vi.waitFor(async () => expect((await askHealth(server)).status).toBe(200))

    await fenceDatabase(url, 'up')
    await vi.waitFor(() => expect(create()).rejects.toMatchObject({ code: 'store_unavailable' }))
    await vi.waitFor(async () =>
      expect(await server.health()).toMatchObject({ status: 'down', parts: { store: 'down' } }),
    )
    expect((await askHealth(server)).status).toBe(503)

    await fenceDatabase(url, 'lifted')
    await vi.waitFor(async () => expect((await askHealth(server)).status).toBe(200))
    await create()
  })

  it('is degraded while Redis is gone, for tasks are taken and their alarms ring, and ok once it is back', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const queue = bullmqQueue({ connection: redis.url, commandTimeoutMs: 1_000 })
    const server = keep(errandServer(await postgres.createDatabase(), { queue }))
    await server.start()
    expect(await server.health()).toMatchObject({ status: 'ok' })

    await redis.kill()
    await vi.waitFor(async () =>
      expect(await server.health()).toEqual({
        status: 'degraded',
        parts: { store: 'ok', queue: 'down', worker: 'ok' },
      }),
    )
    expect((await askHealth(server)).status).toBe(200)

    await redis.restart()
    await vi.waitFor(async () => expect(await server.health()).toMatchObject({ status: 'ok' }))
  })
})
