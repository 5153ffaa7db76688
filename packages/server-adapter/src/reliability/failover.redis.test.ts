import { startRedis } from '@brandkit/tooling/redis'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startCuttingProxy } from '../../chaos/cutting-proxy.js'
import { bullmqQueue } from '../bullmq.js'
import { memoryStore } from '../memory.js'
import { keepSampleServers } from '../testing/sample-servers.js'
import { errandServer, OWNER } from './errand-process.js'

const FAILOVER_MS = 15_000
const { keep } = keepSampleServers()

describe('a Redis that becomes a replica of the one that it was copied to, and keeps its connections open', () => {
  it('is left for the new primary, and tasks run within 15 seconds', async () => {
    const [first, second] = await Promise.all([startRedis(), startRedis()])
    await second.replicaOf(first)
    const proxy = await startCuttingProxy(targetOf(first.url))
    onTestFinished(async () => {
      await proxy.close()
      await Promise.all([first.stop(), second.stop()])
    })
    const server = keep(
      errandServer('memory://', {
        store: memoryStore(),
        queue: bullmqQueue({ connection: `redis://127.0.0.1:${proxy.port}` }),
        // Only the queue brings tasks: no alarm rings within this test.
        timings: { maintenanceMs: 600_000 },
      }),
    )
    await server.start()
    const create = () => server.tasks.create(OWNER, { type: 'ERRAND', brandId: 'aurora', payload: { deed: 'succeed' } })
    await create()
    await vi.waitFor(async () => expect(await server.stats()).toMatchObject({ completed: 1 }))

    await second.replicaOf(null)
    await first.replicaOf(second)
    proxy.turnTo(targetOf(second.url))
    const movedAt = performance.now()
    await vi.waitFor(async () => {
      await create()
      expect((await server.stats()).completed).toBeGreaterThan(1)
    })
    expect(performance.now() - movedAt).toBeLessThan(FAILOVER_MS)
  })
})

function targetOf(url: string) {
  return { host: '127.0.0.1', port: Number(new URL(url).port) }
}
