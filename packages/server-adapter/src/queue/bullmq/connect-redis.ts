import { describeError, isJsonObject, strayCharacters, type TaskLogger } from '@brandkit/core'
import type { Redis, RedisOptions } from 'ioredis'
import { explainConnection } from '../../explain-connection.js'
import { importPeer } from '../../import-peer.js'
import { answerInTime } from '../../patience.js'

/** A URL, or ioredis options without `replyMapping`, because BullMQ relies on its default. */
export type RedisConnection = string | Omit<RedisOptions, 'replyMapping'>

export interface ConnectRedisOptions {
  connection: RedisConnection
  connectTimeoutMs: number
  logger: TaskLogger
}

/** `bullmqQueue` needs both packages. */
export const BULLMQ_PEERS = { neededBy: 'bullmqQueue', install: 'bullmq ioredis' }

/** Connects once, or throws one sentence that says why it cannot. ioredis itself reconnects after later outages. */
export async function connectRedis({ connection, connectTimeoutMs, logger }: ConnectRedisOptions): Promise<Redis> {
  const { Redis } = await importPeer('ioredis', { ...BULLMQ_PEERS, load: () => import('ioredis') })
  const address = toRedisAddress(connection)
  const redis =
    typeof connection === 'string' ? new Redis(connection, FAIL_EARLY) : new Redis({ ...connection, ...FAIL_EARLY })

  let lastError: Error | undefined
  // Without a listener, an 'error' event would be printed; ioredis reconnects after each of them.
  redis.on('error', (error: Error) => {
    lastError = error
    logger.debug('The connection to Redis reports an error', { error: describeError(error) })
  })

  try {
    await answerInTime(redis.connect(), { from: 'Redis', ms: connectTimeoutMs })
    return redis
  } catch (error) {
    redis.disconnect()
    throw new Error(`The Redis of bullmqQueue at ${address} ${explainConnection(lastError ?? error)}`, { cause: error })
  }
}

/**
 * A command that cannot be sent fails at once. A message kept in memory during an outage would be no safer than the store's
 * alarm, and the publisher would hang. Zero retries also end the blocking read of a lost connection; with `null`, which
 * BullMQ recommends, ioredis would silently send the read again.
 */
const FAIL_EARLY = {
  lazyConnect: true,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  retryStrategy: (attempt: number) => Math.min(attempt * 50, 1_000),
  // True instead of 2: the command itself still fails, because a resent command would hang the publisher during a failover.
  reconnectOnError: isOfOldPrimary,
} satisfies RedisOptions

/**
 * Whether the error means that the server has become a replica, or is still loading. Such a server keeps its connections
 * open, so ioredis would stay with a replica for ever. Reconnecting uses the address, which leads to the new primary.
 */
function isOfOldPrimary({ message }: Error): boolean {
  return /^(READONLY|LOADING|MASTERDOWN|UNBLOCKED)\b/.test(message)
}

/**
 * The address of Redis for messages, without the password.
 *
 * @throws TypeError in one sentence for a value that is neither a Redis URL nor an object of options
 */
export function toRedisAddress(connection: RedisConnection | undefined): string {
  if (typeof connection !== 'string') {
    if (!isJsonObject(connection)) {
      throw new TypeError(
        'bullmqQueue needs a connection: a URL such as redis://127.0.0.1:6379, or the options of ioredis. An environment variable may be missing.',
      )
    }
    return connection.path ?? `${connection.host ?? '127.0.0.1'}:${connection.port ?? 6_379}`
  }
  const stray = strayCharacters(connection)
  if (stray !== undefined) throw new TypeError(`The connection of bullmqQueue ${stray}.`)
  const url = /^rediss?:\/\//i.test(connection) ? URL.parse(connection) : null
  if (!url) {
    throw new TypeError(
      'bullmqQueue needs a Redis URL such as redis://127.0.0.1:6379; its connection is something else.',
    )
  }
  // A bare # in a password ends the address: the text after it would be dropped, and the text before it taken for the host.
  if (url.hash !== '') throw new TypeError('The connection of bullmqQueue holds a bare #. Write it as %23.')
  return `${url.protocol}//${url.host}`
}
