import { silentLogger } from '@brandkit/core'
import { startRedisCluster, type TestRedisCluster } from '@brandkit/tooling/redis-cluster'
import { afterAll, beforeAll } from 'vitest'
import { memoryStore } from '../../store/memory-store.js'
import { describeQueueBackend } from '../../testing/queue-conformance.js'
import { bullmqQueue } from './bullmq-queue.js'

// It takes the time of the suite on one Redis again, so only `npm run test:full` runs it.
let cluster: TestRedisCluster | undefined
beforeAll(async () => {
  cluster = await startRedisCluster()
})
afterAll(() => cluster?.stop())

describeQueueBackend('BullMQ on a Redis Cluster of three nodes', {
  create: () => bullmqQueue({ connection: { cluster: cluster?.urls ?? ['redis://127.0.0.1:1'] } }),
  async prepare() {
    await cluster?.flushAll()
    return { store: memoryStore(), logger: silentLogger }
  },
})
