import { createHash, createHmac, randomUUID } from 'node:crypto'

interface DeliveryToSign {
  url: string
  body: string
  signingKey: string
}

/** The lifetime of QStash's tokens: five minutes. */
const LIFETIME_S = 300

/** The `Upstash-Signature` of a delivery, in the form that the official `Receiver` accepts. */
export function signDelivery({ url, body, signingKey }: DeliveryToSign): string {
  // The machine's clock instead of the local server's faster clock, because the receiver uses the machine's clock.
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

/** Adds the padding that QStash adds to its base64url. */
function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}
