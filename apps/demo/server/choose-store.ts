import { createHash } from 'node:crypto'
import { encryptedStore, type TaskStore } from '@brandkit/server-adapter'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { aesGcmCodec } from './aes-gcm-codec.ts'
import type { Environment } from './read-environment.ts'

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
