import { Client, Receiver } from '@upstash/qstash'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLocalQStash, type LocalQStash } from './local-qstash.js'

interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}
type Answer = { status: number; headers?: Record<string, string> } | 'never'

const received: Received[] = []
let answers: Answer[]
let endpoint: Server
let url: string
let qstash: LocalQStash
let client: Client

beforeEach(async () => {
  received.length = 0
  answers = []
  endpoint = createServer((request, response) => {
    void (async () => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      received.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body })
      const answer = answers.shift() ?? { status: 200 }
      if (answer !== 'never') response.writeHead(answer.status, answer.headers).end()
    })()
  })
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/api/jobs?action=process`
  qstash = await createLocalQStash()
  client = toClient(qstash.token)
})

afterEach(async () => {
  await qstash.close()
  endpoint.closeAllConnections()
  await new Promise((resolve) => endpoint.close(resolve))
})

function toClient(token: string): Client {
  return new Client({ baseUrl: qstash.url, token, devMode: false, retry: false })
}

function isVerified({ headers, body }: Received): Promise<boolean> {
  const { currentSigningKey, nextSigningKey } = qstash
  const receiver = new Receiver({ currentSigningKey, nextSigningKey, devMode: false })
  return receiver.verify({ signature: String(headers['upstash-signature']), body, url })
}

const publishOnce = () => client.publishJSON({ url, body: {}, deduplicationId: 'once' })
/** Waits until so many deliveries have been made. */
const deliveries = (count: number) => vi.waitFor(() => expect(received).toHaveLength(count))
/** Waits until the first message waits for its next try. */
const waitingTry = (retried: number) => vi.waitFor(() => expect(qstash.waiting()[0]?.retried).toBe(retried))

describe('the local QStash, used through the official client', () => {
  it('delivers what was published, signed as the official Receiver wants it', async () => {
    const { messageId } = await client.publishJSON({ url, body: { taskId: 'a' }, headers: { 'x-mine': '1' } })
    await qstash.idle()

    expect(received).toMatchObject([
      {
        method: 'POST',
        path: '/api/jobs?action=process',
        body: '{"taskId":"a"}',
        headers: {
          'content-type': 'application/json',
          'x-mine': '1',
          'upstash-message-id': messageId,
          'upstash-retried': '0',
        },
      },
    ])
    await expect(isVerified(received[0] as Received)).resolves.toBe(true)
  })

  it('delivers a batch', async () => {
    const answer = await client.batchJSON(['a', 'b', 'c'].map((taskId) => ({ url, body: { taskId } })))
    await qstash.idle()

    expect(answer).toHaveLength(3)
    expect(received.map(({ body }) => body).toSorted()).toEqual(
      ['a', 'b', 'c'].map((taskId) => `{"taskId":"${taskId}"}`),
    )
  })

  it('refuses another token', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await expect(toClient('wrong').publishJSON({ url, body: {} })).rejects.toMatchObject({ status: 401 })
    expect(qstash.waiting()).toEqual([])
  })

  it('refuses a destination that is no URL', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await expect(client.publishJSON({ url: 'nowhere', body: {} })).rejects.toMatchObject({ status: 400 })
  })

  it('holds a message back for its delay', async () => {
    await client.publishJSON({ url, body: {}, delay: 3_600 })
    expect(qstash.waiting()).toMatchObject([{ delayMs: 3_600_000 }])

    qstash.advance(3_590_000)
    expect(qstash.waiting()).toHaveLength(1)
    qstash.advance(10_000)

    await qstash.idle()
    expect(received).toHaveLength(1)
  })

  it('holds a message back until a given moment', async () => {
    await client.publishJSON({ url, body: {}, notBefore: Math.floor(Date.now() / 1_000) + 60 })
    expect(qstash.waiting()).toHaveLength(1)

    qstash.advance(60_000)

    await deliveries(1)
  })

  it('passes time as fast as it is told', async () => {
    const fast = await createLocalQStash({ speed: 10_000 })
    const { baseUrl, token } = { baseUrl: fast.url, token: fast.token }
    await new Client({ baseUrl, token, devMode: false }).publishJSON({ url, body: {}, delay: 60 })

    await fast.idle()

    expect(received).toHaveLength(1)
    await fast.close()
  })

  it('repeats what failed after min(86400, e^(2.5n)) seconds, then gives it up', async () => {
    answers = [{ status: 500 }, { status: 500 }, { status: 401 }]
    await client.publishJSON({ url, body: {}, retries: 2 })

    await waitingTry(1)
    qstash.advance(12_000)
    expect(received).toHaveLength(1)
    qstash.advance(200)
    await waitingTry(2)
    qstash.advance(148_500)
    await qstash.idle()

    expect(received.map(({ headers }) => headers['upstash-retried'])).toEqual(['0', '1', '2'])
    expect(qstash.deadLetters).toMatchObject([{ retried: 2, lastStatus: 401 }])
  })

  it.each([
    ['seconds', () => '30', 30_000],
    ['a duration', () => '6m5s', 365_000],
    ['a date', () => new Date(Date.now() + 60_000).toUTCString(), 60_000],
  ])('repeats when Retry-After asks, in %s', async (_, retryAfter, pauseMs) => {
    answers = [{ status: 503, headers: { 'retry-after': retryAfter() } }]
    await client.publishJSON({ url, body: {} })
    await waitingTry(1)

    const [message] = qstash.waiting()
    expect((message?.dueAt ?? 0) - Date.now()).toBeGreaterThan(pauseMs - 5_000)
    expect((message?.dueAt ?? 0) - Date.now()).toBeLessThanOrEqual(pauseMs)
    qstash.advance(pauseMs)

    await deliveries(2)
  })

  it('does not repeat what is refused for good', async () => {
    answers = [{ status: 489, headers: { 'upstash-nonretryable-error': 'true' } }]
    await client.publishJSON({ url, body: {} })
    await qstash.idle()

    expect(received).toHaveLength(1)
    expect(qstash.deadLetters).toMatchObject([{ retried: 0, lastStatus: 489 }])
  })

  it('repeats what nobody answered in time', async () => {
    answers = ['never']
    await client.publishJSON({ url, body: {}, timeout: '20ms' as never })
    await waitingTry(1)
    expect(qstash.waiting()).toMatchObject([{ lastStatus: 0 }])
  })

  it('drops what repeats a deduplication id within ten minutes', async () => {
    const first = await publishOnce()
    expect(await publishOnce()).toMatchObject({ messageId: first.messageId, deduplicated: true })
    await qstash.idle()
    expect(await publishOnce()).toMatchObject({ deduplicated: true })

    qstash.advance(600_000)
    expect(await publishOnce()).not.toHaveProperty('deduplicated')
    await qstash.idle()

    expect(received).toHaveLength(2)
  })

  it('takes a waiting message back', async () => {
    const { messageId } = await client.publishJSON({ url, body: {}, delay: 60 })
    await client.messages.cancel(messageId)
    expect(qstash.waiting()).toEqual([])
  })

  it('delivers no more at once than flow control allows', async () => {
    answers = ['never', 'never']
    const flowControl = { key: 'one', parallelism: 2 }
    await client.batchJSON(Array.from({ length: 5 }, () => ({ url, body: {}, flowControl })))
    await deliveries(2)
    expect(qstash.waiting()).toHaveLength(3)
  })

  it('publishes by a schedule, until it is deleted', async () => {
    const create = () =>
      client.schedules.create({ destination: url, cron: '*/5 * * * *', scheduleId: 'ticks', body: '{}' })
    await create()
    await create()
    expect(await client.schedules.list()).toMatchObject([
      { scheduleId: 'ticks', cron: '*/5 * * * *', destination: url },
    ])

    qstash.advance(300_000)
    await deliveries(1)
    expect(received[0]?.headers['upstash-schedule-id']).toBe('ticks')
    await expect(isVerified(received[0] as Received)).resolves.toBe(true)
    qstash.trigger('ticks')
    await deliveries(2)

    await client.schedules.delete('ticks')
    expect(await client.schedules.list()).toEqual([])
  })

  it('says which schedules it understands', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const creating = client.schedules.create({ destination: url, cron: '0 9 * * 1' })
    await expect(creating).rejects.toThrow('knows the cron expressions')
  })

  it('rotates its keys', async () => {
    const { nextSigningKey } = qstash
    qstash.rotateKeys()
    expect(qstash.currentSigningKey).toBe(nextSigningKey)
    await qstash.deliver({ url, body: '{}' })
    await expect(isVerified(received[0] as Received)).resolves.toBe(true)
  })
})
