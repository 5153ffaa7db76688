import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../create-task-server.js'
import { qstashQueue } from '../../queue/qstash/qstash-queue.js'
import type { Delivery, QueueBackend } from '../../queue/queue-backend.js'
import { memoryStore } from '../../store/memory-store.js'
import { signDelivery } from '../../testing/qstash/sign-delivery.js'
import {
  call,
  createReport,
  makeReport,
  report,
  sampleServer,
  statusOf,
} from '../../../proofs/fixtures/sample-tasks.js'

const servers: TaskServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

const url = 'https://app.example/api/jobs?action=process'
const tick = '{"tick":true}'
const sign = (changes: Partial<Parameters<typeof signDelivery>[0]> = {}) => ({
  'upstash-signature': signDelivery({ url, body: tick, signingKey: 'sig_current', ...changes }),
})

/** Delivers a message to a server with a configured `publicUrl`. The host name of the request must not matter. */
async function deliver(body: string, headers: Record<string, string>) {
  const queue = qstashQueue({
    token: 'token',
    currentSigningKey: 'sig_current',
    nextSigningKey: 'sig_next',
    publicUrl: 'https://app.example/api/jobs',
    client: { batchJSON: async () => [] },
  })
  const server = sampleServer(makeReport, { queue })
  servers.push(server)
  return call(server, 'POST', 'action=process', { user: null, body, headers })
}

describe('action=process', () => {
  it('runs tasks that a push queue delivers, and answers with what became of them', async () => {
    const server = sampleServer(makeReport, { queue: pushQueue() })
    servers.push(server)
    const taskId = await createReport(server)
    const deliverAgain = () => call(server, 'POST', 'action=process', { user: null, body: { taskId } })
    expect((await deliverAgain()).body).toEqual({ outcome: 'done' })
    expect((await statusOf(server, taskId)).status).toBe('completed')
    expect((await deliverAgain()).body).toEqual({ outcome: 'over' })
    expect((await call(server, 'POST', 'action=process', { user: null, body: { tick: true } })).body).toEqual({
      outcome: 'ticked',
    })
  })

  it('runs a task once, however often it is delivered', async () => {
    const generator = vi.fn(makeReport)
    const server = sampleServer(generator, { queue: pushQueue(), concurrency: 50 })
    servers.push(server)
    const taskId = await createReport(server)
    await Promise.all(
      Array.from({ length: 50 }, () => call(server, 'POST', 'action=process', { user: null, body: { taskId } })),
    )
    expect(generator).toHaveBeenCalledOnce()
  })

  it('has no delivery action where workers pull', async () => {
    const server = sampleServer()
    servers.push(server)
    expect(await call(server, 'POST', 'action=process', { user: null, body: { tick: true } })).toMatchObject({
      status: 404,
    })
  })

  it('asks to come back when the lease of the worker that has the task ends', async () => {
    const store = memoryStore()
    const server = sampleServer(makeReport, { store, queue: pushQueue() })
    servers.push(server)
    const taskId = await createReport(server)
    await store.claim({ taskId, knownTypes: ['MAKE_REPORT'], leaseMs: 12_000 })
    const answer = await call(server, 'POST', 'action=process', { user: null, body: { taskId } })
    expect(answer).toMatchObject({ status: 503, body: { code: 'task_busy', retryable: true } })
    expect(answer.headers.get('retry-after')).toBe('12')
  })

  it('publishes a task that comes too early again, and sets no timer that would not outlive the request', async () => {
    const published: Delivery[] = []
    const server = sampleServer(makeReport, { queue: pushQueue(published) })
    servers.push(server)
    const runAt = new Date(Date.now() + 3_600_000).toISOString()
    const created = await call(server, 'POST', 'action=create', { body: { ...report, runAt } })
    const { taskId } = created.body.task
    published.length = 0
    const timers = vi.spyOn(globalThis, 'setTimeout')

    const answer = await call(server, 'POST', 'action=process', { user: null, body: { taskId } })

    expect(answer).toMatchObject({ status: 200, body: { outcome: 'early' } })
    expect(published).toMatchObject([{ taskId, delayMs: expect.closeTo(3_600_000, -4) as number }])
    expect(timers.mock.calls.filter(([, ms]) => (ms ?? 0) > 60_000)).toEqual([])
  })
})

describe('action=process behind QStash', () => {
  it.each(['sig_current', 'sig_next'])('takes what %s has signed', async (signingKey) => {
    expect(await deliver(tick, sign({ signingKey }))).toMatchObject({ status: 200, body: { outcome: 'ticked' } })
  })

  it.each<[string, Record<string, string>]>([
    ['no signature', {}],
    ['garbage', { 'upstash-signature': 'garbage' }],
    ['a huge signature', { 'upstash-signature': 'a'.repeat(100_000) }],
    ['a signature by another key', sign({ signingKey: 'sig_other' })],
    ['a signature for another body', sign({ body: '{"taskId":"a"}' })],
    ['a signature for the name that the request uses', sign({ url: 'http://app.test/api/jobs?action=process' })],
    [
      'a signature for the name that the request claims',
      {
        ...sign({ url: 'https://evil.example/api/jobs?action=process' }),
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
      },
    ],
    ['a session', { 'x-user': 'ada', authorization: 'Bearer token' }],
  ])('answers 401 to %s, and tells nothing', async (_, headers) => {
    const answer = await deliver(tick, headers)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('upstash-nonretryable-error')).toBe(null)
    expect(answer.body).toMatchObject({
      code: 'unauthenticated',
      detail: 'This delivery is not signed as it must be.',
    })
  })

  it.each([
    '{}',
    '[]',
    'not json',
    '{"taskId":""}',
    '{"tick":false}',
    '{"taskId":"a","tick":true}',
    '{"__proto__":{}}',
  ])('refuses the signed body %s for good, so that QStash does not repeat it', async (body) => {
    const answer = await deliver(body, sign({ body }))
    expect(answer).toMatchObject({ status: 489, body: { code: 'invalid_request', retryable: false } })
    expect(answer.headers.get('upstash-nonretryable-error')).toBe('true')
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  it('has nothing to do for a task that it does not know', async () => {
    const body = '{"taskId":"unknown"}'
    expect(await deliver(body, sign({ body }))).toMatchObject({ status: 200, body: { outcome: 'over' } })
  })

  it('reads no more than it must of a huge body', async () => {
    const body = JSON.stringify({ taskId: 'a'.repeat(100_000) })
    expect(await deliver(body, sign({ body }))).toMatchObject({ status: 413 })
  })
})

/** The smallest push backend. The test is the queue engine and gets the published deliveries. */
function pushQueue(published: Delivery[] = []): QueueBackend {
  return {
    name: 'push',
    capabilities: { mode: 'push', priority: false, maxDelayMs: 0, durable: false },
    open: () => Promise.resolve(),
    close: () => Promise.resolve(),
    enqueue: async (deliveries) => void published.push(...deliveries),
    receive: ({ body }) => Promise.resolve(JSON.parse(body) as object),
  }
}
