import { createECDH, type ECDH, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { AddressInfo, LookupFunction } from 'node:net'
import { decodeJwt } from 'jose'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it, vi } from 'vitest'
import webPush from 'web-push'
import { type Notice, webhookTarget, webPushTarget } from '../../notify.js'
import { postOutside } from './post-outside.js'
import { isPublicAddress } from './public-address.js'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

interface Received {
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A receiver on this machine, which answers with the given statuses, one after the other. */
async function openReceiver(...answers: { status: number; headers?: Record<string, string> }[]) {
  const received: Received[] = []
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    received.push({ headers: request.headers, body: await buffer(request) })
    const { status, headers } = answers.shift() ?? { status: 204 }
    response.writeHead(status, headers).end(status === 204 ? undefined : 'An answer.')
  }
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received }
}

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const context = { signal: new AbortController().signal, attempt: 1 }
const notice: Notice = {
  id: 'task-1_crm',
  type: 'task.completed',
  timestamp: '2026-11-30T12:00:00.000Z',
  data: {
    tenantId: 'acme',
    userId: 'ada',
    task: { taskId: 'task-1', title: 'Brand kit: Aurora', status: 'completed' } as Notice['data']['task'],
  },
}

function post(url: string, lookup?: LookupFunction): Promise<number> {
  return postOutside(url, { headers: {}, body: '{}', network: 'public', signal: context.signal, lookup })
}

const mixed: LookupFunction = (_hostname, _options, done) => {
  done(null, [
    { address: '93.184.215.14', family: 4 },
    { address: '192.168.0.1', family: 4 },
  ])
}

interface Decryption {
  decrypt: (body: Buffer, keys: { version: string; privateKey: ECDH; authSecret: string }) => Buffer
}
const { decrypt } = createRequire(import.meta.url)('http_ece') as Decryption

/** A browser's subscription, with the key that only the browser has. */
function subscribe(endpoint: string) {
  const browser = createECDH('prime256v1')
  const publicKey = browser.generateKeys()
  const auth = randomBytes(16)
  const subscription = {
    endpoint,
    keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
  }
  const read = (body: Buffer): unknown =>
    JSON.parse(
      decrypt(body, { version: 'aes128gcm', privateKey: browser, authSecret: auth.toString('base64url') }).toString(),
    )
  return { subscription, read }
}

describe('webhookTarget', () => {
  it('posts the notice so that the official library verifies it, each time under the same id', async () => {
    const { url, received } = await openReceiver()
    const target = webhookTarget({ url, secret: SECRET, network: 'any' })
    await target.open?.()
    await target.deliver(notice, context)
    await target.deliver(notice, { ...context, attempt: 2 })
    const verified = received.map(({ headers, body }) =>
      new Webhook(SECRET).verify(body, headers as Record<string, string>),
    )
    expect(verified).toEqual([notice, notice])
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([notice.id, notice.id])
    const [first] = received
    const forged = first!.body.toString().replace('ada', 'eve')
    expect(() => new Webhook(SECRET).verify(forged, first!.headers as Record<string, string>)).toThrow('signature')
  })

  it('finds the address and the secret of each owner, and tells nobody without an address', async () => {
    const { url, received } = await openReceiver()
    const target = webhookTarget({
      url: async ({ data }) => (data.userId === 'ada' ? url : null),
      secret: ({ data }) => (data.userId === 'ada' ? SECRET : ''),
      network: 'any',
    })
    await target.deliver(notice, context)
    await target.deliver({ ...notice, data: { ...notice.data, userId: 'linus' } }, context)
    expect(received).toHaveLength(1)
  })

  it('fails for any answer but 2xx: for good at 410, after the pause that the receiver asks for, and at a redirect', async () => {
    const { url, received } = await openReceiver(
      { status: 410 },
      { status: 503, headers: { 'retry-after': '120' } },
      { status: 307, headers: { location: 'http://127.0.0.1:1/' } },
      { status: 500 },
    )
    const target = webhookTarget({ url, secret: SECRET, network: 'any' })
    await expect(target.deliver(notice, context)).rejects.toMatchObject({ retryable: false })
    await expect(target.deliver(notice, context)).rejects.toMatchObject({ retryable: true, retryAfterMs: 120_000 })
    await expect(target.deliver(notice, context)).rejects.toThrow('answered 307')
    await expect(target.deliver(notice, context)).rejects.toThrow('answered 500')
    expect(received).toHaveLength(4)
  })

  it('gives up when the signal aborts', async () => {
    const { url } = await openReceiver()
    const target = webhookTarget({ url, secret: SECRET, network: 'any' })
    await expect(target.deliver(notice, { ...context, signal: AbortSignal.abort() })).rejects.toThrow('abort')
  })

  it('says at once what is wrong with its options, without showing them', async () => {
    expect(() => webhookTarget({ url: 'https://crm.test' } as never)).toThrow('secret')
    expect(() => webhookTarget({ url: 'https://crm.test', secret: SECRET, network: 'lan' as never })).toThrow('network')
    expect(() => webhookTarget({ url: 'http://crm.test', secret: SECRET })).toThrow('must be a URL with https')
    expect(() => webhookTarget({ url: 'https://[::1]/', secret: SECRET })).toThrow("Write network: 'any'")
    for (const secret of ['', 'whsec_?'])
      await expect(webhookTarget({ url: 'https://crm.test', secret }).open?.()).rejects.toThrow('must be in base64')
  })
})

describe('postOutside', () => {
  it.each([
    'http://example.com/',
    'ftp://example.com/',
    'nonsense',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/latest/meta-data',
    'https://10.1.2.3/',
    'https://localhost/',
  ])('refuses %s for good, before it connects', async (url) => {
    await expect(post(url)).rejects.toMatchObject({ code: 'generator_refused', retryable: false })
  })

  it('checks the address that it connects to, whatever the name said before', async () => {
    const { received, url } = await openReceiver()
    const asked = vi.fn<(hostname: string) => void>()
    const rebinding: LookupFunction = (hostname, _options, done) => {
      asked(hostname)
      done(null, [{ address: '127.0.0.1', family: 4 }])
    }
    const { port } = new URL(url)
    await expect(post(`https://public.example:${port}/`, rebinding)).rejects.toMatchObject({ retryable: false })
    await expect(post(`https://public.example:${port}/`, mixed)).rejects.toMatchObject({ retryable: false })
    expect(asked).toHaveBeenCalledExactlyOnceWith('public.example')
    expect(received).toEqual([])
  })

  it.each([
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '::',
    '::7f00:1',
    'fe80::1',
    'fd00::1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'x',
  ])('knows that %s is not public', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('knows that %s is public', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  )
})

describe('webPushTarget', () => {
  const keys = webPush.generateVAPIDKeys()
  const vapid = { subject: 'mailto:ops@app.test', ...keys }

  it('sends each browser what only that browser can read, signed with the key of the app', async () => {
    const { url, received } = await openReceiver()
    const { subscription, read } = subscribe(url)
    const target = webPushTarget({ vapid, subscriptionsOf: () => [subscription], network: 'any' })
    await target.open?.()
    await target.deliver({ ...notice, data: { ...notice.data, link: '/tasks/task-1' } }, context)
    expect(received).toHaveLength(1)
    const [{ headers, body }] = received as [Received]
    expect(read(body)).toEqual({
      id: notice.id,
      title: 'Brand kit: Aurora',
      body: 'It is done.',
      link: '/tasks/task-1',
    })
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' })
    const [, token = '', key] = /^vapid t=(\S+), k=(\S+)$/.exec(headers.authorization ?? '') ?? []
    expect(decodeJwt(token)).toMatchObject({ aud: new URL(url).origin, sub: vapid.subject })
    expect(key).toBe(keys.publicKey)
  })

  it('has the app remove a subscription that is gone, and reaches the other browsers', async () => {
    const gone = await openReceiver({ status: 410 })
    const there = await openReceiver()
    const subscriptions = [subscribe(gone.url).subscription, subscribe(there.url).subscription]
    const onGone = vi.fn<(subscription: unknown) => void>()
    const target = webPushTarget({ vapid, subscriptionsOf: async () => subscriptions, onGone, network: 'any' })
    await target.deliver(notice, context)
    expect(onGone.mock.calls.map(([subscription]) => subscription)).toEqual([subscriptions[0]])
    expect(there.received).toHaveLength(1)
  })

  it('fails when a browser may be reached later, also beside a refused one', async () => {
    const { url } = await openReceiver({ status: 429, headers: { 'retry-after': '60' } })
    const subscriptions = [subscribe('ftp://push.test/').subscription, subscribe(url).subscription]
    const target = webPushTarget({ vapid, subscriptionsOf: () => subscriptions, network: 'any' })
    await expect(target.deliver(notice, context)).rejects.toMatchObject({ retryable: true, retryAfterMs: 60_000 })
  })

  it('lets no subscription lead into the private network', async () => {
    const { url, received } = await openReceiver()
    const { subscription } = subscribe(url.replace('http:', 'https:'))
    const target = webPushTarget({ vapid, subscriptionsOf: () => [subscription] })
    await expect(target.deliver(notice, context)).rejects.toMatchObject({ retryable: false })
    expect(received).toEqual([])
  })

  it('does not open with a wrong key', async () => {
    const target = webPushTarget({ vapid: { ...vapid, privateKey: 'short' }, subscriptionsOf: () => [] })
    await expect(target.open?.()).rejects.toThrow('private key')
  })
})
