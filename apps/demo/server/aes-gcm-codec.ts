import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { PayloadCodec } from '@brandkit/server-adapter'

/** AES-256-GCM. `keys` have 32 bytes each; new values take the key named `current`, older ones name theirs. */
export function aesGcmCodec({
  keys,
  current,
}: {
  keys: Readonly<Record<string, Uint8Array>>
  current: string
}): PayloadCodec {
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
