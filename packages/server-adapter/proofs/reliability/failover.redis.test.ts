import { startOwnRedis } from '@brandkit/tooling/redis'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { byMessage } from '../fixtures/by-message.js'
import { startCuttingProxy } from '../fixtures/cutting-proxy.js'
import { bullmqQueue } from '../../src/queue/bullmq/bullmq-queue.js'
import { memoryStore } from '../../src/memory.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { errandServer, OWNER } from './errand-process.js'

const { keep } = keepSampleServers()

describe('a Redis that becomes a replica of the one that it was copied to, and keeps its connections open', () => {
  it('is left for the new primary, where tasks run', async () => {
    const { server, create, failOver } = await openBeforeFailover()
    await failOver()
    await vi.waitFor(async () => {
      await create()
      expect((await server.stats()).completed).toBeGreaterThan(1)
    })
  })

  it('runs the only task that is created at that moment, without its alarm', async () => {
    const { server, create, failOver, enqueue } = await openBeforeFailover()
    await failOver()
    await create()
    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ completed: 2 }))
    // The old primary refused the publication.
    await expect(enqueue.mock.results[1]?.value).rejects.toThrow(/READONLY/)
  })
})

describe('a Redis that refuses every write and answers every question', () => {
  it('makes health degraded until it is a primary again', async () => {
    const [redis, primary] = await Promise.all([startOwnRedis(), startOwnRedis()])
    onTestFinished(async () => void (await Promise.all([redis.stop(), primary.stop()])))
    const server = keep(
      errandServer('memory://', { store: memoryStore(), queue: bullmqQueue({ connection: redis.url }) }),
    )
    await server.start()
    expect(await server.health()).toMatchObject({ status: 'ok' })

    await redis.replicaOf(primary)
    await vi.waitFor(async () =>
      expect(await server.health()).toEqual({
        status: 'degraded',
        parts: { store: 'ok', queue: 'down', worker: 'ok' },
      }),
    )
    await redis.replicaOf(null)
    await vi.waitFor(async () => expect(await server.health()).toMatchObject({ status: 'ok' }))
  })
})

/** A server whose Redis has a replica, after its first task. The proxy stands for the address that moves. */
async function openBeforeFailover() {
  const [first, second] = await Promise.all([startOwnRedis(), startOwnRedis()])
  await second.replicaOf(first)
  const proxy = await startCuttingProxy(targetOf(first.url))
  onTestFinished(async () => {
    await proxy.close()
    await Promise.all([first.stop(), second.stop()])
  })
  const queue = byMessage(bullmqQueue({ connection: `redis://127.0.0.1:${proxy.port}` }))
  const enqueue = vi.spyOn(queue, 'enqueue')
  const server = keep(
    errandServer('memory://', {
      store: memoryStore(),
      queue,
      // Only the queue delivers tasks: no alarm rings during this test.
      timings: { maintenanceMs: 600_000 },
    }),
  )
  await server.start()
  const create = () => server.tasks.create(OWNER, { type: 'ERRAND', brandId: 'aurora', payload: { deed: 'succeed' } })
  await create()
  await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ completed: 1 }))

  async function failOver(): Promise<void> {
    await second.replicaOf(null)
    await first.replicaOf(second)
    proxy.turnTo(targetOf(second.url))
  }

  return { server, create, failOver, enqueue }
}

function targetOf(url: string) {
  return { host: '127.0.0.1', port: Number(new URL(url).port) }
}
