import { describeError, type TaskLogger } from '@brandkit/core'
import type { Queue, Worker } from 'bullmq'
import type { Cluster, Redis } from 'ioredis'
import { importPeer } from '../../import-peer.js'
import { BULLMQ_PEERS, connectRedis, type RedisConnection } from './connect-redis.js'

/** The data of a job. */
export interface Message {
  taskId: string
}

export interface OpenBullMQ {
  redis: Redis | Cluster
  queue: Queue<Message>
  /** Made on demand, because a process that only publishes needs no second connection. */
  createWorker(): Promise<Worker<Message>>
}

export interface OpenBullMQOptions {
  connection: RedisConnection
  queueName: string
  prefix: string
  connectTimeoutMs: number
  logger: TaskLogger
}

/** How long a message of a dead process stays locked, in milliseconds. The store's alarm may deliver the task sooner. */
const LOCK_MS = 60_000

/** Connects to Redis and prepares BullMQ without its unused features: retries, results, event history. */
export async function openBullMQ(options: OpenBullMQOptions): Promise<OpenBullMQ> {
  const { connection, queueName, prefix, connectTimeoutMs, logger } = options
  const { Queue, Worker } = await importPeer('bullmq', { ...BULLMQ_PEERS, load: () => import('bullmq') })
  const redis = await connectRedis({ connection, connectTimeoutMs, logger })
  const logError = (error: Error) => logger.debug('BullMQ reports an error', { error: describeError(error) })

  try {
    const queue = new Queue<Message>(queueName, {
      connection: redis,
      prefix,
      streams: { events: { maxLen: 0 } },
      // The app owns retries; retries by the engine would multiply them.
      defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    })
    // Without a listener, an 'error' event would end the process; BullMQ itself continues after each of them.
    queue.on('error', logError)
    await queue.waitUntilReady()

    return {
      redis,
      queue,
      async createWorker() {
        const worker = new Worker<Message>(queueName, null, {
          connection: redis,
          prefix,
          autorun: false,
          lockDuration: LOCK_MS,
          stalledInterval: LOCK_MS,
        })
        worker.on('error', logError)
        await worker.waitUntilReady()
        await worker.startStalledCheckTimer()
        return worker
      },
    }
  } catch (error) {
    // `open` may be called again, so everything that this attempt has started must end.
    redis.disconnect()
    throw error
  }
}
