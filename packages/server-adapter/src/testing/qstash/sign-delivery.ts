import { createHash, createHmac, randomUUID } from 'node:crypto'

interface DeliveryToSign {
  url: string
  body: string
  signingKey: string
}

/** QStash's tokens live for five minutes. */
const LIFETIME_S = 300

/** The `Upstash-Signature` of a delivery, as the official `Receiver` accepts it. */
export function signDelivery({ url, body, signingKey }: DeliveryToSign): string {
  // The machine's clock, however fast the local server's own clock runs: the receiver has no other.
  const now = Math.floor(Date.now() / 1_000)
  return signToken(
    {
      iss: 'Upstash',
      sub: url,
      exp: now + LIFETIME_S,
      nbf: now,
      iat: now,
      jti: `jwt_${randomUUID()}`,
      body: padded(createHash('sha256').update(body).digest('base64url')),
    },
    signingKey,
  )
}

function signToken(claims: object, signingKey: string): string {
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${content}.${createHmac('sha256', signingKey).update(content).digest('base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

/** QStash pads its base64url. */
function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}
