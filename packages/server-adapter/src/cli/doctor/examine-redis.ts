import { describeError, silentLogger } from '@brandkit/core'
import gte from 'semver/functions/gte.js'
import { connectRedis } from '../../queue/bullmq/connect-redis.js'
import { type Finding, findingsOf } from './finding.js'

const { ok, warning, failed, skipped } = findingsOf('redis')

/** BullMQ recommends at least this one (`recommendedMinimumVersion`). */
const OLDEST = '6.2.0'
/** The major versions of Redis that releases are tested with. */
const TESTED = ['7', '8']
const CONNECT_MS = 10_000

/** Checks the Redis of `bullmqQueue`, and changes nothing in it. */
export async function examineRedis(url: string | undefined): Promise<Finding[]> {
  if (!url) return [skipped('reachable', 'Not checked: give --redis, or set REDIS_URL.')]
  try {
    const redis = await connectRedis({ connection: url, connectTimeoutMs: CONNECT_MS, logger: silentLogger })
    try {
      const info = readInfo(await redis.info())
      return [ok('reachable', 'Redis answers.'), examineVersion(info), ...examineRole(info), examineEviction(info)]
    } finally {
      redis.disconnect()
    }
  } catch (error) {
    return [failed('reachable', error instanceof Error ? error.message : describeError(error))]
  }
}

/** The lines `name:value` of INFO. */
function readInfo(text: string): Map<string, string> {
  return new Map([...text.matchAll(/^([^#:\r\n]+):(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]))
}

function examineVersion(info: Map<string, string>): Finding {
  // Valkey and others state the Redis that they go with, and their own version beside it.
  const version = info.get('redis_version') ?? ''
  const valkey = info.get('valkey_version')
  const name = valkey === undefined ? `Redis ${version}` : `Valkey ${valkey}, which goes as Redis ${version}`
  const facts = { version, ...(valkey !== undefined && { valkey }) }
  if (!/^\d+\.\d+\.\d+$/.test(version))
    return warning('version', 'It does not say which version of Redis it is.', facts)
  if (!gte(version, OLDEST)) return failed('version', `${name} is too old: BullMQ wants ${OLDEST} or newer.`, facts)
  if (TESTED.includes(version.split('.')[0] ?? '')) return ok('version', name, facts)
  return warning('version', `${name}. Releases are tested with Redis ${TESTED.join(' and ')}.`, facts)
}

function examineRole(info: Map<string, string>): Finding[] {
  if (info.get('role') !== 'slave') return []
  return [failed('writable', 'It is a replica, which refuses writes. Connect to the primary.')]
}

function examineEviction(info: Map<string, string>): Finding {
  const policy = info.get('maxmemory_policy')
  if (policy === undefined) {
    return warning('eviction', 'It does not say its maxmemory-policy. It must be noeviction: ask its provider.')
  }
  if (policy === 'noeviction') return ok('eviction', 'maxmemory-policy is noeviction.', { policy })
  return failed(
    'eviction',
    `maxmemory-policy is ${policy}, so a full Redis deletes parts of the queue. Run redis-cli config set maxmemory-policy noeviction, and set it in redis.conf.`,
    { policy },
  )
}
