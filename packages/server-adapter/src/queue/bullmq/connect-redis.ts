import type * as Ioredis from 'ioredis'
import { describeError, isJsonObject, strayCharacters, type TaskLogger } from '@brandkit/core'
import type { Cluster, ClusterNode, ClusterOptions, Redis, RedisOptions } from 'ioredis'
import { explainConnection } from '../../explain-connection.js'
import { importPeer } from '../../import-peer.js'
import { answerInTime } from '../../patience.js'

/** A URL, or ioredis options without `replyMapping`, because BullMQ relies on its default; or a Redis Cluster. */
export type RedisConnection = string | Omit<RedisOptions, 'replyMapping'> | RedisClusterConnection

/** Some nodes of a Redis Cluster, which know the others, and ioredis's options for clusters: `redisOptions.password`. */
export interface RedisClusterConnection extends Omit<ClusterOptions, 'replyMapping' | 'redisOptions'> {
  cluster: readonly ClusterNode[]
  redisOptions?: Omit<NonNullable<ClusterOptions['redisOptions']>, 'replyMapping'>
}

export interface ConnectRedisOptions {
  connection: RedisConnection
  connectTimeoutMs: number
  logger: TaskLogger
}

/** `bullmqQueue` needs both packages. */
export const BULLMQ_PEERS = { neededBy: 'bullmqQueue', install: 'bullmq ioredis' }

export function isCluster(connection: RedisConnection): connection is RedisClusterConnection {
  return typeof connection === 'object' && 'cluster' in connection
}

/** Connects once, or throws one sentence that says why it cannot. ioredis itself reconnects after later outages. */
export async function connectRedis({
  connection,
  connectTimeoutMs,
  logger,
}: ConnectRedisOptions): Promise<Redis | Cluster> {
  const ioredis = await importPeer('ioredis', { ...BULLMQ_PEERS, load: () => import('ioredis') })
  const address = toRedisAddress(connection)
  const redis = create(ioredis, connection)

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

function create({ Redis, Cluster }: Pick<typeof Ioredis, 'Redis' | 'Cluster'>, connection: RedisConnection) {
  if (typeof connection === 'string') return new Redis(connection, FAIL_EARLY)
  if (!isCluster(connection)) return new Redis({ ...connection, ...FAIL_EARLY })

  const { cluster, redisOptions, ...options } = connection
  const { maxRetriesPerRequest, autoResendUnfulfilledCommands, reconnectOnError } = FAIL_EARLY
  return new Cluster([...cluster], {
    ...options,
    lazyConnect: true,
    enableOfflineQueue: false,
    clusterRetryStrategy: FAIL_EARLY.retryStrategy,
    redisOptions: { ...redisOptions, maxRetriesPerRequest, autoResendUnfulfilledCommands, reconnectOnError },
  })
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
    if (isCluster(connection)) return toClusterAddress(connection.cluster)
    return connection.path ?? `${connection.host ?? '127.0.0.1'}:${connection.port ?? 6_379}`
  }
  return urlAddress(connection)
}

function toClusterAddress(nodes: readonly ClusterNode[] | undefined): string {
  if (!Array.isArray(nodes) || nodes.length === 0) {
    throw new TypeError(
      "bullmqQueue needs the nodes of its Redis Cluster: { cluster: ['redis://10.0.0.1:6379', 'redis://10.0.0.2:6379'] }.",
    )
  }
  return nodes
    .map((node: ClusterNode) => {
      if (typeof node === 'string') return urlAddress(node)
      if (typeof node === 'number') return `127.0.0.1:${node}`
      return `${node.host ?? '127.0.0.1'}:${node.port ?? 6_379}`
    })
    .join(', ')
}

function urlAddress(connection: string): string {
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
  // So does a bare /: what is before it would be taken for host and port, and be named in messages.
  if (url.pathname.includes('@'))
    throw new TypeError('The connection of bullmqQueue holds a bare / in its password. Write it as %2F.')
  return `${url.protocol}//${url.host}`
}
