import { type JWTVerifyOptions, jwtVerify } from 'jose'
import { createHash, timingSafeEqual } from 'node:crypto'

export interface SignatureRules {
  /** The current key first, then the next one: during a rotation either key may have signed. */
  signingKeys: readonly string[]
  /** The required `sub`: the configured public URL of the delivery. */
  subject: string
  /** How far the clocks may differ, in milliseconds. */
  clockToleranceMs: number
}

/** QStash's tokens have about 400 characters. Far longer tokens are refused unread. */
const LONGEST_TOKEN = 4_096

/** Decoders accept blanks and padding, so the same token could be written in a second way. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]{43}$/

/**
 * Whether QStash signed exactly this body for exactly this URL, now. Stricter than the official `Receiver`: one algorithm,
 * and every claim is required. Returns only yes or no, so that a forger learns nothing from the answer.
 *
 * `jti` is not remembered: a delivery is only a hint, so repeating one is harmless.
 *
 * @see https://upstash.com/docs/qstash/features/security
 */
export async function verifySignature(token: string | null, body: string, rules: SignatureRules): Promise<boolean> {
  if (token === null || token.length > LONGEST_TOKEN || !COMPACT.test(token)) return false
  const { signingKeys, subject, clockToleranceMs } = rules
  const expected: JWTVerifyOptions = {
    // The algorithm is fixed, so that the token cannot choose how it is verified.
    algorithms: ['HS256'],
    issuer: 'Upstash',
    subject,
    clockTolerance: clockToleranceMs / 1_000,
    requiredClaims: ['exp', 'nbf', 'iat', 'jti', 'body'],
  }
  for (const key of signingKeys) {
    const claims = await verifiedClaims(token, key, expected)
    if (claims) return fits(claims, body, clockToleranceMs)
  }
  return false
}

async function verifiedClaims(token: string, key: string, expected: JWTVerifyOptions) {
  try {
    return (await jwtVerify(token, new TextEncoder().encode(key), expected)).payload
  } catch {
    return undefined
  }
}

/** Checks the claims that jose leaves to the caller: the time of issue, and QStash's own claims. */
function fits({ iat = Infinity, jti, body: hash }: Record<string, unknown>, body: string, clockToleranceMs: number) {
  if (Number(iat) * 1_000 > Date.now() + clockToleranceMs) return false
  if (typeof jti !== 'string' || jti === '' || typeof hash !== 'string') return false
  // QStash pads the hash, which base64url does not require.
  return isSame(hash.replace(/=+$/, ''), createHash('sha256').update(body).digest('base64url'))
}

function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
