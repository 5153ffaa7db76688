import { isJsonObject } from '@brandkit/core'
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export interface SignatureRules {
  /** The current key first, then the next one: while keys are rotated, either may have signed. */
  signingKeys: readonly string[]
  /** What `sub` must be: the configured public URL of the delivery. */
  subject: string
  /** How far the clocks may differ, in milliseconds. */
  clockToleranceMs: number
}

/** QStash's tokens have about 400 characters. Whatever is far longer is not even looked at. */
const LONGEST_TOKEN = 4_096

/**
 * Whether QStash signed this very body for this very URL, now. Stricter than the official `Receiver`: one algorithm,
 * and every claim required. Says nothing but yes or no, so that no answer can tell a forger how close they came.
 *
 * `jti` is not remembered: a delivery is only a hint, so repeating one is harmless.
 */
export function verifySignature(token: string | null, body: string, rules: SignatureRules): boolean {
  if (token === null || token.length > LONGEST_TOKEN) return false
  const parts = /^([\w-]+)\.([\w-]+)\.([\w-]{43})$/.exec(token)
  if (!parts) return false
  const [, header = '', claims = '', signature = ''] = parts

  // The token may not choose how it is verified: there is one algorithm, and the header may only agree.
  if (!isKnownHeader(parsePart(header))) return false
  const given = Buffer.from(signature, 'base64url')
  const isSigned = rules.signingKeys.some((key) =>
    timingSafeEqual(createHmac('sha256', key).update(`${header}.${claims}`).digest(), given),
  )
  return isSigned && fits(parsePart(claims), body, rules)
}

function isKnownHeader(header: unknown): boolean {
  return isJsonObject(header) && header['alg'] === 'HS256' && !Object.hasOwn(header, 'crit')
}

function fits(claims: unknown, body: string, { subject, clockToleranceMs }: SignatureRules): boolean {
  if (!isJsonObject(claims)) return false
  const { iss, sub, exp, nbf, iat, jti, body: bodyHash } = claims
  if (!isTime(exp) || !isTime(nbf) || !isTime(iat)) return false
  if (typeof jti !== 'string' || jti === '' || typeof bodyHash !== 'string' || typeof sub !== 'string') return false

  const earliest = (Date.now() - clockToleranceMs) / 1_000
  const latest = (Date.now() + clockToleranceMs) / 1_000
  if (exp <= earliest || nbf > latest || iat > latest) return false
  // QStash pads the hash, which base64url need not.
  return iss === 'Upstash' && isSame(sub, subject) && isSame(bodyHash.replace(/=+$/, ''), hashOf(body))
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('base64url')
}

function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function parsePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
