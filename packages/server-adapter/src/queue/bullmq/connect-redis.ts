import { describeError, isJsonObject, strayCharacters, type TaskLogger } from '@brandkit/core'
import type { Redis, RedisOptions } from 'ioredis'
import { explainConnection } from '../../explain-connection.js'
import { importPeer } from '../../import-peer.js'
import { answerInTime } from '../../patience.js'

/** A URL, or ioredis options; BullMQ relies on how replies are mapped. */
export type RedisConnection = string | Omit<RedisOptions, 'replyMapping'>

export interface ConnectRedisOptions {
  connection: RedisConnection
  connectTimeoutMs: number
  logger: TaskLogger
}

/** An app that needs one of the two needs both. */
export const BULLMQ_PEERS = { neededBy: 'bullmqQueue', install: 'bullmq ioredis' }

/** Connects once, or says in one sentence why that is impossible. Later outages are mended by ioredis itself. */
export async function connectRedis({ connection, connectTimeoutMs, logger }: ConnectRedisOptions): Promise<Redis> {
  const { Redis } = await importPeer('ioredis', { ...BULLMQ_PEERS, load: () => import('ioredis') })
  const address = toRedisAddress(connection)
  const redis =
    typeof connection === 'string' ? new Redis(connection, FAIL_EARLY) : new Redis({ ...connection, ...FAIL_EARLY })

  let lastError: Error | undefined
  // Unheard, an 'error' event would be printed; ioredis goes on connecting after each of them.
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
 * What cannot be sent now fails now: a message kept in memory for after an outage would be no safer than the alarm in
 * the store, and the publisher would hang. Zero retries also end the blocking read of a lost connection, where
 * `null`, which BullMQ recommends, would silently send it again.
 */
const FAIL_EARLY = {
  lazyConnect: true,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  retryStrategy: (attempt: number) => Math.min(attempt * 50, 1_000),
  // The command itself still fails: with it in memory, a publisher would hang until the failover is over.
  reconnectOnError: isOfOldPrimary,
} satisfies RedisOptions

/**
 * Whether a server says that it is the primary no more, or not yet. It keeps its connections open, so they must be left
 * for the address, which leads to the new primary: on its own, ioredis would stay with a replica for ever.
 */
function isOfOldPrimary({ message }: Error): boolean {
  return /^(READONLY|LOADING|MASTERDOWN|UNBLOCKED)\b/.test(message)
}

/**
 * The address of Redis, without the password: this goes into messages.
 *
 * @throws TypeError in one sentence for what is neither a Redis URL nor an object of options
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
  // Bare in a password, it ends the address: what follows would be dropped, and what stands before taken for the host.
  if (url.hash !== '') throw new TypeError('The connection of bullmqQueue holds a bare #. Write it as %23.')
  return `${url.protocol}//${url.host}`
}
