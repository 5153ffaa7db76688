import { ANYTHING, assertOptions, type OptionRules, SOME_TIME, TEXT } from '@brandkit/core'
import { assertRuntime } from '../../assert-runtime.js'
import type { QueueBackend } from '../queue-backend.js'
import { type BullMQEngine, createBullMQEngine } from './bullmq-engine.js'
import { isCluster, type RedisConnection, toRedisAddress } from './connect-redis.js'
import { openBullMQ } from './open-bullmq.js'

export interface BullMQQueueOptions {
  /**
   * A URL (`redis://…`, `rediss://…`) or ioredis options; for a Redis Cluster `{ cluster: ['redis://…', …] }`, and ioredis's
   * options for clusters beside it. The queue makes and closes its own connections.
   */
  connection: RedisConnection
  /** One queue for all task types; no colons. Default `tasks`. */
  queueName?: string | undefined
  /**
   * The prefix of all Redis keys. Default `brandkit`, and `{brandkit}` on a Redis Cluster: the braces keep all keys of the
   * queue on one node, because each of BullMQ's scripts touches several.
   */
  prefix?: string | undefined
  /** How often to look for messages without a marker, in milliseconds. Default 1,000. */
  pollMs?: number | undefined
  /** How long Redis may take to answer before a command counts as failed, in milliseconds. Default 10,000. */
  commandTimeoutMs?: number | undefined
}

const RULES: OptionRules<BullMQQueueOptions> = {
  // `toRedisAddress` checks this value.
  connection: ANYTHING,
  queueName: {
    description: 'a string without colons',
    fits: (value) => TEXT.fits(value) && !String(value).includes(':'),
  },
  prefix: TEXT,
  pollMs: SOME_TIME,
  commandTimeoutMs: SOME_TIME,
}

/** BullMQ documents no limit; a year is longer than any task waits. */
const MAX_DELAY_MS = 31_536_000_000

/**
 * Delivers through BullMQ on Redis. Redis holds only hints: if it loses messages (`FLUSHALL`, a restart without
 * persistence), the store's alarm publishes them again.
 *
 * `open` throws an Error when Redis cannot be reached, or when bullmq or ioredis is not installed.
 *
 * @throws TypeError when `connection` is neither a Redis URL nor an object of options
 */
export function bullmqQueue(options: BullMQQueueOptions): QueueBackend {
  assertRuntime()
  // JavaScript callers may pass no options at all.
  toRedisAddress((options as BullMQQueueOptions | undefined)?.connection)
  assertOptions('bullmqQueue', options, RULES)
  const { connection, queueName = 'tasks', pollMs = 1_000, commandTimeoutMs = 10_000 } = options
  const prefix = options.prefix ?? (isCluster(connection) ? '{brandkit}' : 'brandkit')
  if (isCluster(connection) && !/\{[^}]+\}/.test(prefix)) {
    throw new TypeError(
      `The prefix of bullmqQueue needs braces on a Redis Cluster, such as {${prefix}}, so that all its keys are on one node.`,
    )
  }
  let engine: BullMQEngine | undefined

  function opened(): BullMQEngine {
    if (!engine) throw new Error('bullmqQueue must be opened before it is used.')
    return engine
  }

  return {
    name: 'bullmq',
    capabilities: { mode: 'pull', priority: true, maxDelayMs: MAX_DELAY_MS, durable: true, localStart: true },

    async open({ logger }) {
      const bullmq = await openBullMQ({ connection, queueName, prefix, connectTimeoutMs: commandTimeoutMs, logger })
      engine = createBullMQEngine({ bullmq, pollMs, commandTimeoutMs, logger })
    },

    close: async () => engine?.close(),
    enqueue: async (deliveries) => opened().enqueue(deliveries),
    consume: async (consumer) => opened().consume(consumer),
    depth: async () => opened().depth(),
    ping: async () => opened().ping(),
  }
}
