import { Receiver } from '@upstash/qstash'
import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signDelivery } from '../../testing/qstash/sign-delivery.js'
import { verifySignature } from './verify-signature.js'

const url = 'https://app.example/api/jobs?action=process'
const body = '{"taskId":"0198"}'
const current = 'sig_current'
const next = 'sig_next'

async function isAccepted(token: string | null, sent = body, clockToleranceMs = 0): Promise<boolean> {
  return verifySignature(token, sent, { signingKeys: [current, next], subject: url, clockToleranceMs })
}

const seconds = Math.floor(Date.now() / 1_000)
const claims = {
  iss: 'Upstash',
  sub: url,
  exp: seconds + 300,
  nbf: seconds,
  iat: seconds,
  jti: 'jwt_1',
  body: createHash('sha256').update(body).digest('base64url'),
}

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')

interface Forgery {
  header?: object
  changed?: object
  key?: string
  hash?: string
}

/** A valid token except for the given values. A claim that is changed to `undefined` is missing. */
function forge({ header = { alg: 'HS256', typ: 'JWT' }, changed = {}, key = current, hash = 'sha256' }: Forgery = {}) {
  return sign(`${encode(header)}.${encode({ ...claims, ...changed })}`, { key, hash })
}

function sign(content: string, { key, hash } = { key: current, hash: 'sha256' }): string {
  return `${content}.${createHmac(hash, key).update(content).digest('base64url')}`
}

const good = forge()
const [goodHeader = '', goodClaims = '', goodSignature = ''] = good.split('.')

describe('verifySignature', () => {
  it.each([
    ['the current key', current],
    ['the next key', next],
  ])('accepts what the official Receiver accepts, signed with %s', async (_, signingKey) => {
    const signature = signDelivery({ url, body, signingKey })
    const receiver = new Receiver({ currentSigningKey: current, nextSigningKey: next, devMode: false })

    await expect(receiver.verify({ signature, body, url })).resolves.toBe(true)
    expect(await isAccepted(signature)).toBe(true)
  })

  it('accepts a hash with and without padding', async () => {
    expect(await isAccepted(forge())).toBe(true)
    expect(await isAccepted(forge({ changed: { body: `${claims.body}=` } }))).toBe(true)
  })

  it('accepts a clock that is a little off only when told to', async () => {
    const early = forge({ changed: { nbf: seconds + 30, iat: seconds + 30 } })
    expect(await isAccepted(early)).toBe(false)
    expect(await isAccepted(early, body, 60_000)).toBe(true)
  })

  it.each<[string, string | null]>([
    ['nothing', null],
    ['an empty text', ''],
    ['garbage', 'garbage'],
    ['three dots', '...'],
    ['other alphabets', '🦊.🦊.🦊'],
    ['a megabyte', `${'a'.repeat(1_000_000)}.a.a`],
    ['a right token with a tail', `${good}.${good}`],
    ['a right token in white space', ` ${good} `],
    ['a padded signature', `${good}=`],
    ['a shortened signature', good.slice(0, -1)],
    ['no signature', `${goodHeader}.${goodClaims}.`],
    ['claims of another token', `${goodHeader}.${encode({ ...claims, sub: 'https://evil.example' })}.${goodSignature}`],
    ['a wrong key', forge({ key: 'sig_of_somebody_else' })],
    ['an empty key', forge({ key: '' })],
    ['alg none', forge({ header: { alg: 'none' } })],
    ['alg none without a signature', `${encode({ alg: 'none' })}.${goodClaims}.`],
    ['alg HS512', forge({ header: { alg: 'HS512' }, hash: 'sha512' })],
    ['alg HS512 by name only', forge({ header: { alg: 'HS512' } })],
    ['alg RS256', forge({ header: { alg: 'RS256' } })],
    ['alg in small letters', forge({ header: { alg: 'hs256' } })],
    ['no alg', forge({ header: { typ: 'JWT' } })],
    ['a header that must be understood', forge({ header: { alg: 'HS256', crit: ['exp'] } })],
    ['a header that is no object', forge({ header: ['HS256'] })],
    ['claims that are no object', sign(`${goodHeader}.${encode(null)}`)],
    ['an expired token', forge({ changed: { exp: seconds - 1 } })],
    ['a token that expires for ever', forge({ changed: { exp: '9999999999' } })],
    ['a token that is not valid yet', forge({ changed: { nbf: seconds + 60 } })],
    ['a token from the future', forge({ changed: { iat: seconds + 60 } })],
    ['another URL', forge({ changed: { sub: 'https://evil.example/api/jobs?action=process' } })],
    ['the URL without its action', forge({ changed: { sub: 'https://app.example/api/jobs' } })],
    ['a list of URLs', forge({ changed: { sub: [url] } })],
    ['another issuer', forge({ changed: { iss: 'upstash' } })],
    ['another body', forge({ changed: { body: createHash('sha256').update('{}').digest('base64url') } })],
    ['an empty body hash', forge({ changed: { body: '' } })],
    ...Object.keys(claims).map((name): [string, string] => [`no ${name}`, forge({ changed: { [name]: undefined } })]),
    ['an empty jti', forge({ changed: { jti: '' } })],
  ])('refuses %s', async (_, token) => {
    expect(await isAccepted(token)).toBe(false)
  })

  it('refuses a body that was altered on the way', async () => {
    expect(await isAccepted(good, `${body} `)).toBe(false)
    expect(await isAccepted(good, '')).toBe(false)
  })
})
