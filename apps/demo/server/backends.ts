import { describeError } from '@brandkit/core'
import { encryptedStore, type PayloadCodec, type QueueBackend, type TaskStore } from '@brandkit/server-adapter'
import { bullmqQueue } from '@brandkit/server-adapter/bullmq'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { qstashQueue } from '@brandkit/server-adapter/qstash'
import type { Environment, QStashChoice, QueueChoice } from './environment.ts'
import { StartError } from './start-error.ts'
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { postgresStore } from '@brandkit/server-adapter/postgres'

/** Makes the chosen queue. @throws StartError when the settings do not work; `open` throws it as well */
export function chooseQueue(choice: QueueChoice): QueueBackend {
  if (choice.kind === 'bullmq') return overRedis(choice.redisUrl)
  if (choice.kind === 'qstash') return overQStash(choice)
  return pgBossQueue()
}

function overRedis(redisUrl: string): QueueBackend {
  const queue = bullmqQueue({ connection: redisUrl })
  return {
    ...queue,
    async open(context) {
      try {
        await queue.open(context)
      } catch (error) {
        // The driver's message says where and why. The prefix names the variable, because the database can have the same
        // socket error.
        throw new StartError(`REDIS_URL cannot be used: ${messageOf(error)}`, { cause: error })
      }
    },
  }
}

function overQStash(choice: QStashChoice): QueueBackend {
  const queue = toQueue(choice)
  return {
    ...queue,
    async open(context) {
      // Checks QStash before the first publish, which comes later. Tasks without deliveries would only be seen to wait.
      await askQStash(choice)
      await queue.open(context)
    },
  }
}

function toQueue({ token, currentSigningKey, nextSigningKey, publicUrl, baseUrl }: QStashChoice): QueueBackend {
  try {
    return qstashQueue({ token, currentSigningKey, nextSigningKey, publicUrl, baseUrl })
  } catch (error) {
    throw new StartError(`PUBLIC_URL cannot be used: ${messageOf(error)}`, { cause: error })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : describeError(error)
}

/** How long QStash may take to answer, in milliseconds. */
const PATIENCE_MS = 10_000

/**
 * Sends QStash a harmless request (list its schedules) at start, to check that it answers and accepts the token.
 *
 * @throws StartError in one sentence
 */
async function askQStash({ baseUrl, token }: { baseUrl: string; token: string }): Promise<void> {
  const { host } = new URL(baseUrl)
  const { status, ok } = await fetch(new URL('/v2/schedules', baseUrl), {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: unknown) => {
    throw new StartError(
      `QStash at ${host} cannot be reached (${reasonOf(error)}); check QSTASH_URL and the way out of this machine.`,
      { cause: error },
    )
  })
  if (status === 401 || status === 403) {
    throw new StartError(`QStash at ${host} refuses QSTASH_TOKEN; copy the token of this region from its console.`)
  }
  if (!ok) throw new StartError(`QStash at ${host} answers ${status}; check QSTASH_URL, or start again in a moment.`)
}

/** A failed `fetch` has its reason in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return describeError(error)
  if (error.cause instanceof Error) return reasonOf(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}

/**
 * A folder opens PGlite, a URL opens Postgres. With keys, the database holds ciphertext: the first key encrypts, and the others
 * only decrypt what they have encrypted before.
 */
export function chooseStore(database: string, { payloadKeys }: Partial<Pick<Environment, 'payloadKeys'>>): TaskStore {
  const store = postgresStore(database)
  if (!payloadKeys) return store
  const [current, ...older] = payloadKeys.map((key) => [nameOf(key), key] as const)
  if (!current) return store
  return encryptedStore(store, aesGcmCodec({ keys: Object.fromEntries([current, ...older]), current: current[0] }))
}

/** The name that each encrypted value has for its key; it says nothing about the key. */
function nameOf(key: Uint8Array): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8)
}

/** AES-256-GCM. `keys` have 32 bytes each; new values take the key named `current`, older ones name theirs. */
function aesGcmCodec({ keys, current }: { keys: Readonly<Record<string, Uint8Array>>; current: string }): PayloadCodec {
  function keyFor(keyId: string, tenantId: string) {
    const key = keys[keyId]
    if (!key) throw new Error(`There is no key "${keyId}".`)
    return new Uint8Array(hkdfSync('sha256', key, '', `brandkit content of ${tenantId}`, 32))
  }

  return {
    encrypt(text, { tenantId }) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keyFor(current, tenantId), iv).setAAD(Buffer.from(tenantId))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return [current, ...[iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.')
    },
    decrypt(encrypted, { tenantId }) {
      const [keyId = '', ...parts] = encrypted.split('.')
      const [iv, tag, body] = parts.map((part) => Buffer.from(part, 'base64url'))
      if (!iv || !tag || !body) throw new Error('This is no value of this codec.')
      const decipher = createDecipheriv('aes-256-gcm', keyFor(keyId, tenantId), iv, { authTagLength: 16 })
        .setAAD(Buffer.from(tenantId))
        .setAuthTag(tag)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    },
  }
}
