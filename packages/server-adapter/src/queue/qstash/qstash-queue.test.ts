import { silentLogger } from '@brandkit/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../../store/memory-store.js'
import { createLocalQStash, type LocalQStash } from '../../testing/qstash/local-qstash.js'
import { createPushEndpoint, type PushEndpoint } from '../../../proofs/fixtures/push-endpoint.js'
import { signDelivery } from '../../testing/qstash/sign-delivery.js'
import { PATIENCE } from '../../testing/queue/queue-harness.js'
import { describeQueueBackend } from '../../testing/queue-conformance.js'
import type { QStashMessage } from './qstash-client.js'
import { qstashQueue, type QStashQueueOptions } from './qstash-queue.js'
import { scheduleTicks } from './schedule-ticks.js'

const options: QStashQueueOptions = {
  token: 'token',
  currentSigningKey: 'sig_current',
  nextSigningKey: 'sig_next',
  publicUrl: 'https://app.example/api/jobs',
}
const url = 'https://app.example/api/jobs?action=process'
const context = { store: memoryStore(), logger: silentLogger }
const DAY_MS = 86_400_000

describe('QStash, with a consumer behind its endpoint', () => {
  let qstash: LocalQStash
  let endpoint: PushEndpoint

  beforeAll(async () => {
    endpoint = await createPushEndpoint()
  })
  afterAll(async () => {
    await qstash.close()
    await endpoint.close()
  })

  describeQueueBackend('qstash', {
    create: () => {
      // Before any test, the suite makes a sample backend to read its capabilities.
      if (!endpoint) return { ...qstashQueue(options), consume: async () => {} }
      const { url: baseUrl, token, currentSigningKey, nextSigningKey } = qstash
      const keys = { token, currentSigningKey, nextSigningKey }
      // Hundreds of requests at once may take a busy machine longer than the default admits.
      const patient = { retries: 1_000, publishTimeoutMs: PATIENCE.timeout }
      return endpoint.pulling(qstashQueue({ ...keys, ...patient, baseUrl, publicUrl: endpoint.url }))
    },
    async prepare() {
      await qstash?.close()
      qstash = await createLocalQStash()
      return context
    },
  })
})

/** A client that records its messages. */
function recordingClient(answer: (messages: QStashMessage[]) => unknown = accept) {
  const requests: QStashMessage[][] = []
  const client = {
    batchJSON: async (messages: QStashMessage[]) => {
      requests.push(messages)
      return answer(messages)
    },
  }
  return { client, requests }
}

function accept(messages: QStashMessage[]): unknown {
  return messages.map((_, index) => ({ messageId: `msg_${index}`, url }))
}

async function publishedDelay(delayMs: number): Promise<number | undefined> {
  const { client, requests } = recordingClient()
  await qstashQueue({ ...options, client }).enqueue([{ taskId: 'a', priority: 1, delayMs }])
  return requests[0]?.[0]?.delay
}

describe('qstashQueue', () => {
  it('publishes to the public URL, with few retries of its own', async () => {
    const { client, requests } = recordingClient()
    await qstashQueue({ ...options, client }).enqueue([{ taskId: 'a', priority: 1, delayMs: 0 }])
    expect(requests).toEqual([
      [{ url, body: { taskId: 'a' }, retries: 3, deduplicationId: expect.any(String) as string }],
    ])
  })

  it.each([
    [0, undefined],
    [1, 1],
    [1_000, 1],
    [1_001, 2],
    [30 * DAY_MS, (7 * DAY_MS) / 1_000],
  ])('rounds a delay of %i ms up to %s seconds, and holds none for more than a week', async (delayMs, seconds) => {
    expect(await publishedDelay(delayMs)).toBe(seconds)
  })

  it('gives each publication its own deduplication id, so that no later ring of a task is dropped', async () => {
    const { client, requests } = recordingClient()
    const queue = qstashQueue({ ...options, client })
    for (let ring = 0; ring < 3; ring++) await queue.enqueue([{ taskId: 'a', priority: 1, delayMs: 0 }])
    expect(new Set(requests.flat().map(({ deduplicationId }) => deduplicationId))).toHaveProperty('size', 3)
  })

  it('hands on what it is told about time-outs and flow control', async () => {
    const { client, requests } = recordingClient()
    const flowControl = { key: 'brandkit', parallelism: 10 }
    const queue = qstashQueue({ ...options, client, flowControl, deliveryTimeoutMs: 300_000, retries: 1 })
    await queue.enqueue([{ taskId: 'a', priority: 1, delayMs: 0 }])
    expect(requests[0]?.[0]).toMatchObject({ flowControl, timeout: 300, retries: 1 })
  })

  it('publishes many in batches', async () => {
    const { client, requests } = recordingClient()
    const deliveries = Array.from({ length: 250 }, (_, index) => ({ taskId: `${index}`, priority: 1, delayMs: 0 }))
    await qstashQueue({ ...options, client }).enqueue(deliveries)
    expect(requests.map(({ length }) => length)).toEqual([100, 100, 50])
  })

  it('fails when QStash did not accept every message', async () => {
    const { client } = recordingClient(([first]) => (first ? [{ error: 'quota' }] : []))
    const publishing = qstashQueue({ ...options, client }).enqueue([{ taskId: 'a', priority: 1, delayMs: 0 }])
    await expect(publishing).rejects.toThrow('QStash accepted 0 of 1 messages.')
  })

  it('does not wait for ever', async () => {
    vi.useFakeTimers()
    const queue = qstashQueue({ ...options, client: { batchJSON: () => new Promise(() => {}) } })
    const failed = vi.fn()
    queue.enqueue([{ taskId: 'a', priority: 1, delayMs: 0 }]).catch(failed)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(failed).toHaveBeenCalledWith(
      expect.objectContaining({ message: expect.stringMatching(/^QStash at \S+ did not answer in time/) as string }),
    )
    vi.useRealTimers()
  })

  it('says in one sentence that nobody knows the host name of QStash', async () => {
    const baseUrl = 'https://no-such-host.invalid'
    const queue = qstashQueue({ ...options, baseUrl })
    await queue.open({ store: memoryStore(), logger: silentLogger })
    const unresolved = /^QStash at no-such-host\.invalid .*host name no-such-host\.invalid could not be resolved/
    await expect(queue.enqueue([{ taskId: 'a', priority: 1, delayMs: 0 }])).rejects.toThrow(unresolved)
    await expect(scheduleTicks({ token: 't', baseUrl, publicUrl: options.publicUrl })).rejects.toThrow(unresolved)
  })

  it('receives what is signed, and says no more than no to everything else', async () => {
    const queue = qstashQueue(options)
    const body = '{"taskId":"a"}'
    const receive = (signature?: string, sent = body) =>
      queue.receive?.({
        body: sent,
        headers: new Headers(signature === undefined ? {} : { 'upstash-signature': signature }),
      })
    const signed = signDelivery({ url, body, signingKey: options.currentSigningKey })

    await expect(receive(signed)).resolves.toEqual({ taskId: 'a' })
    const refusals = await Promise.allSettled([
      receive(),
      receive('garbage'),
      receive(signed, '{"taskId":"b"}'),
      receive(signDelivery({ url: 'https://evil.example', body, signingKey: options.currentSigningKey })),
      receive(signDelivery({ url, body, signingKey: 'sig_other' })),
    ])
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({
        reason: { code: 'unauthenticated', message: 'This delivery is not signed as it must be.' },
      })
    }
  })

  it.each(['', 'not json', '[]', 'null', '"text"'])('refuses the signed body %j', async (body) => {
    const signature = signDelivery({ url, body, signingKey: options.currentSigningKey })
    const received = qstashQueue(options).receive?.({ body, headers: new Headers({ 'upstash-signature': signature }) })
    await expect(received).rejects.toMatchObject({ code: 'invalid_request' })
  })

  it.each([
    ['token', ''],
    ['currentSigningKey', undefined],
    ['nextSigningKey', ''],
  ])('needs %s', (name, value) => {
    expect(() => qstashQueue({ ...options, [name]: value })).toThrow(`qstashQueue needs \`${name}\``)
  })

  it.each([
    ['/api/jobs', 'must be the absolute URL'],
    ['', 'must be the absolute URL'],
    [undefined as never, 'must be the absolute URL'],
    ['http://app.example/api/jobs', 'must be https'],
    ['ftp://app.example/api/jobs', 'must be https'],
    ['http://localhost.evil.example/api/jobs', 'must be https'],
    ['https://app.example/api/jobs?action=process', 'leave them out'],
    ['https://app.example/api/jobs#top', 'leave them out'],
    ['https://user:password@app.example/api/jobs', 'leave them out'],
    ['"https://app.example/api/jobs"', 'publicUrl stands in quotes'],
    [' https://app.example/api/jobs', 'publicUrl has a blank'],
  ])('refuses the public URL %s', (publicUrl, reason) => {
    expect(() => qstashQueue({ ...options, publicUrl })).toThrow(reason)
  })

  it.each([
    ['token', '"secret"', "QStash's token stands in quotes"],
    ['currentSigningKey', 'secret\n', "QStash's currentSigningKey has a blank or a line break"],
    ['nextSigningKey', "'secret'", "QStash's nextSigningKey stands in quotes"],
    ['baseUrl', '"https://qstash.example"', "QStash's baseUrl stands in quotes"],
    ['baseUrl', ' https://qstash.example', "QStash's baseUrl has a blank"],
    ['baseUrl', 'qstash.example', "QStash's baseUrl must be an address"],
    ['baseUrl', 'redis://:secret@qstash.example', "QStash's baseUrl must be an address"],
    ['baseUrl', '', "QStash's baseUrl must be an address"],
  ])('refuses the %s %j without repeating it', (name, value, reason) => {
    expect(() => qstashQueue({ ...options, [name]: value })).toThrow(reason)
    expect(() => qstashQueue({ ...options, [name]: value })).not.toThrow('secret')
  })

  it.each(['https://user:hunter2@app.example/', 'ftp://user:hunter2@app.example/', 'https//user:hunter2@app.example/'])(
    'shows no password of the refused public URL %s',
    (publicUrl) => {
      expect(() => qstashQueue({ ...options, publicUrl })).toThrow(TypeError)
      expect(() => qstashQueue({ ...options, publicUrl })).toThrow(expect.not.stringContaining('hunter2') as never)
    },
  )

  it.each(['http://localhost:3000/api/jobs', 'http://127.0.0.1:3000/api/jobs', 'http://[::1]/api/jobs'])(
    'takes %s, for tests',
    (publicUrl) => {
      expect(() => qstashQueue({ ...options, publicUrl })).not.toThrow()
    },
  )

  it.each([
    ['retries', -1],
    ['retries', 1.5],
    ['publishTimeoutMs', Number.NaN],
  ])('refuses %s of %d', (name, value) => {
    expect(() => qstashQueue({ ...options, [name]: value })).toThrow(name)
  })
})

describe('scheduleTicks', () => {
  it('makes one schedule, however often it is called', async () => {
    const qstash = await createLocalQStash()
    const schedule = () => scheduleTicks({ token: qstash.token, baseUrl: qstash.url, publicUrl: options.publicUrl })
    const { scheduleId } = await schedule()
    await schedule()

    expect(qstash.schedules).toMatchObject([
      { scheduleId, cron: '* * * * *', destination: url, publication: { body: '{"tick":true}', retries: 0 } },
    ])
    await qstash.close()
  })
})
