import { DEFAULT_URL } from '@brandkit/core'
import { readVariable, type Variables } from './read-variable.ts'
import { StartError } from './start-error.ts'

/** The queue that delivers tasks to workers, and its settings. */
export type QueueChoice = { kind: 'pg-boss' } | { kind: 'bullmq'; redisUrl: string } | QStashChoice

export interface QStashChoice {
  kind: 'qstash'
  token: string
  currentSigningKey: string
  nextSigningKey: string
  /** The address to which QStash delivers: `https://studio.example/api/jobs`. */
  publicUrl: string
  /** QStash's own address, which differs by region. */
  baseUrl: string
}

const QSTASH_URL = 'https://qstash.upstash.io'
const SIGNING_KEYS = ['QSTASH_CURRENT_SIGNING_KEY', 'QSTASH_NEXT_SIGNING_KEY'] as const

/**
 * pg-boss in the store's own database, unless `REDIS_URL` or `QSTASH_TOKEN` chooses another queue.
 *
 * @throws StartError in one sentence that names the variable; never repeats a value that may hold a password
 */
export function readQueueChoice(env: Variables): QueueChoice {
  const redisUrl = readVariable(env, 'REDIS_URL')
  const token = readVariable(env, 'QSTASH_TOKEN')
  if (redisUrl && token) throw new StartError('REDIS_URL and QSTASH_TOKEN choose two queues; unset one of them.')
  if (token) return readQStash(env, token)

  const key = SIGNING_KEYS.find((name) => readVariable(env, name))
  if (key) throw new StartError(`${key} is set, but QSTASH_TOKEN is not; set the token too, or unset the key.`)
  if (!redisUrl) return { kind: 'pg-boss' }

  if (!/^rediss?:\/\//i.test(redisUrl) || !URL.canParse(redisUrl)) {
    throw new StartError('REDIS_URL is not a Redis address; it must look like redis://user:password@host:6379.')
  }
  if (!readVariable(env, 'DATABASE_URL')) {
    throw new StartError(
      'REDIS_URL needs DATABASE_URL, because the embedded database belongs to one process; set it too, or unset REDIS_URL.',
    )
  }
  return { kind: 'bullmq', redisUrl }
}

function readQStash(env: Variables, token: string): QStashChoice {
  const required = (name: string, from: string) => {
    const value = readVariable(env, name)
    if (value) return value
    throw new StartError(`QSTASH_TOKEN needs ${name}: ${from}; set it too, or unset QSTASH_TOKEN.`)
  }
  const [currentSigningKey, nextSigningKey] = [
    required('QSTASH_CURRENT_SIGNING_KEY', 'the QStash console shows it'),
    required('QSTASH_NEXT_SIGNING_KEY', 'the QStash console shows it'),
  ]
  const origin = required('PUBLIC_URL', 'where QStash finds this server, such as https://studio.example')
  const publicUrl = URL.parse(DEFAULT_URL, origin)
  if (!publicUrl) throw new StartError('PUBLIC_URL is no address; it must look like https://studio.example.')
  const baseUrl = readVariable(env, 'QSTASH_URL') ?? QSTASH_URL
  if (!/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? '')) {
    throw new StartError(`QSTASH_URL is no http or https address; it must look like ${QSTASH_URL}.`)
  }
  return {
    kind: 'qstash',
    token,
    currentSigningKey,
    nextSigningKey,
    publicUrl: publicUrl.href,
    baseUrl,
  }
}
