import { RetryableTaskError, silentLogger } from '@brandkit/core'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../create-task-server.js'
import { toNode } from '../../integrations/node.js'
import { qstashQueue, scheduleTicks } from './qstash-queue.js'
import type { QueueBackend } from '../../queue/queue-backend.js'
import { memoryStore } from '../../store/memory-store.js'
import type { TaskStore } from '../../store/task-store.js'
import { createLocalQStash, type LocalQStash } from '../../testing/qstash/local-qstash.js'
import {
  call,
  endless,
  makeReport,
  report,
  type ReportGenerator,
  sampleServer,
  statusOf,
} from '../../../proofs/fixtures/sample-tasks.js'

let qstash: LocalQStash
let store: TaskStore
let app: Server
let generator: ReportGenerator
let publicUrl: string
let url: string
/** Whether a process dies before it publishes. */
let isCrashing: boolean
const answers: { status: number; retryAfter: string | null; body: unknown }[] = []

function queue(): QueueBackend {
  const { token, currentSigningKey, nextSigningKey } = qstash
  const backend = qstashQueue({ token, currentSigningKey, nextSigningKey, baseUrl: qstash.url, publicUrl })
  return { ...backend, enqueue: async (deliveries) => (isCrashing ? undefined : backend.enqueue(deliveries)) }
}

/** As on a functions platform: `start` is never called, and each request must work without earlier ones. */
function process(): TaskServer {
  return sampleServer(generator, { store, queue: queue() })
}

beforeEach(async () => {
  // All clocks stand still until a test moves them; timers and sockets keep running.
  vi.useFakeTimers({ toFake: ['Date'] })
  qstash = await createLocalQStash()
  store = memoryStore()
  generator = makeReport
  isCrashing = false
  answers.length = 0
  app = createServer((request, response) => {
    toNode({
      async handler(incoming) {
        const answer = await process().handler(incoming)
        answers.push({
          status: answer.status,
          retryAfter: answer.headers.get('retry-after'),
          body: await answer.clone().json(),
        })
        return answer
      },
    })(request, response)
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  publicUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/api/jobs`
  url = `${publicUrl}?action=process`
})

afterEach(async () => {
  await qstash.close()
  app.closeAllConnections()
  await new Promise((resolve) => app.close(resolve))
  vi.useRealTimers()
})

function pass(ms: number) {
  vi.setSystemTime(Date.now() + ms)
  qstash.advance(0)
}

async function create(body: object = report): Promise<string> {
  const created = await call(process(), 'POST', 'action=create', { body })
  expect(created.status).toBe(202)
  return created.body.task.taskId
}

const status = (taskId: string) => statusOf(process(), taskId)

async function until(taskId: string, expected: string) {
  return vi.waitFor(async () => {
    const task = await status(taskId)
    expect(task.status).toBe(expected)
    return task
  })
}

/** A request that is unrelated to the delivery of any task. */
const list = () => call(process(), 'GET', 'action=list')
/** Delivers a body at once, signed by QStash. */
const deliver = (body: object) => qstash.deliver({ url, body: JSON.stringify(body) })

describe('on QStash, where no process lives between requests', () => {
  it('runs a task from create to its result', async () => {
    const taskId = await create()
    await qstash.idle()
    expect(await status(taskId)).toMatchObject({ status: 'completed', result: { reportId: 'r1', pages: 2 } })
    expect(answers).toMatchObject([{ status: 200, body: { outcome: 'done' } }])
    expect(qstash.deadLetters).toEqual([])
  })

  it('runs a hundred tasks that were created at once', async () => {
    await call(process(), 'POST', 'action=create', { body: { tasks: Array.from({ length: 100 }, () => report) } })
    await qstash.idle()
    expect(await store.stats()).toMatchObject({ completed: 100, queued: 0, processing: 0 })
    expect(answers).toHaveLength(100)
  })

  it('has published the retry, with its delay, before it answers for the failed attempt', async () => {
    generator = (context) => {
      if (context.attempt === 1) throw new RetryableTaskError('The model is busy.', { retryAfterMs: 60_000 })
      return makeReport(context)
    }
    const taskId = await create()
    await vi.waitFor(() => expect(answers).toHaveLength(1))
    // A failed attempt is a recorded outcome, so QStash repeats nothing.
    expect(answers).toMatchObject([{ status: 200, body: { outcome: 'done' } }])
    expect(qstash.waiting()).toMatchObject([{ delayMs: 60_000, retried: 0, body: JSON.stringify({ taskId }) }])

    pass(60_000)

    expect(await until(taskId, 'completed')).toMatchObject({ retryCount: 1 })
  })

  it('fails a task when its attempts are used up, and delivers it no more', async () => {
    generator = vi.fn(() => Promise.reject(new RetryableTaskError('Busy.', { retryAfterMs: 0 })))
    const taskId = await create()
    await until(taskId, 'failed')
    await qstash.idle()
    expect(generator).toHaveBeenCalledTimes(3)
    expect(qstash.deadLetters).toEqual([])
  })

  it('cancels a task that another process is busy with', async () => {
    generator = endless
    const taskId = await create()
    await until(taskId, 'processing')
    await call(process(), 'POST', 'action=cancel', { body: { taskId } })

    await qstash.idle()

    expect(answers).toMatchObject([{ status: 200 }])
    expect(await status(taskId)).toMatchObject({ status: 'cancelled' })
  })

  it('makes one attempt of fifty deliveries', async () => {
    isCrashing = true
    const taskId = await create()
    const run = vi.fn(makeReport)
    generator = run

    const replies = (await Promise.all(Array.from({ length: 50 }, () => deliver({ taskId })))).map(
      (answer) => answer.status,
    )

    expect(run).toHaveBeenCalledOnce()
    expect(await status(taskId)).toMatchObject({ status: 'completed', retryCount: 0 })
    // 503 during the one attempt, 200 after it: QStash gives up on neither.
    expect(replies.filter((reply) => reply !== 200 && reply !== 503)).toEqual([])
  })

  it('asks QStash to come back while a lease is live, and takes over when its worker has died', async () => {
    isCrashing = true
    const taskId = await create()
    // The worker dies right after its claim: its lease gets no beat and no release.
    expect(await store.claim({ taskId, knownTypes: ['MAKE_REPORT'], leaseMs: 30_000 })).toMatchObject({
      outcome: 'claimed',
    })
    isCrashing = false

    pass(10_000)
    const engine = queue()
    await engine.open({ store, logger: silentLogger })
    await engine.enqueue([{ taskId, priority: 1, delayMs: 0 }])
    await vi.waitFor(() => expect(qstash.waiting()).toMatchObject([{ retried: 1, lastStatus: 503 }]))
    expect(answers).toMatchObject([{ status: 503, retryAfter: '20', body: { code: 'task_busy' } }])

    pass(20_000)

    expect(await until(taskId, 'completed')).toMatchObject({ retryCount: 1 })
    await qstash.idle()
    expect(qstash.deadLetters).toEqual([])
  })

  it('publishes a message that comes too early again, with the rest of the delay', async () => {
    const runAt = new Date(Date.now() + 3_600_000).toISOString()
    const taskId = await create({ ...report, runAt })
    expect(qstash.waiting()).toMatchObject([{ delayMs: 3_600_000 }])

    pass(600_000)
    const answer = await deliver({ taskId })

    expect(await answer.json()).toEqual({ outcome: 'early' })
    expect(qstash.waiting()).toMatchObject([{ delayMs: 3_600_000 }, { delayMs: 3_000_000 }])
    pass(3_000_000)
    await until(taskId, 'completed')
    await qstash.idle()
    expect(answers.filter(({ body }) => (body as { outcome: string }).outcome === 'done')).toHaveLength(1)
  })

  it('recovers by a scheduled tick what a process did not live to publish', async () => {
    await scheduleTicks({ token: qstash.token, baseUrl: qstash.url, publicUrl })
    isCrashing = true
    const taskId = await create()
    isCrashing = false
    expect(qstash.waiting()).toEqual([])

    pass(60_000)

    await until(taskId, 'completed')
    expect(answers).toMatchObject([{ body: { outcome: 'ticked' } }, { body: { outcome: 'done' } }])
  })

  it('recovers by any request, when there is no schedule', async () => {
    isCrashing = true
    const taskId = await create()
    isCrashing = false
    pass(31_000)

    await list()

    expect(await until(taskId, 'completed')).toMatchObject({ retryCount: 0 })
  })

  it('keeps house at most every five seconds, however many requests come', async () => {
    const maintain = vi.spyOn(store, 'maintain')
    await Promise.all(Array.from({ length: 20 }, list))
    vi.setSystemTime(Date.now() + 4_000)
    await list()
    vi.setSystemTime(Date.now() + 2_000)
    await list()

    const outcomes = await Promise.all(maintain.mock.results.map(({ value }) => value as Promise<unknown>))
    expect(outcomes.filter(Boolean)).toHaveLength(2)
  })

  it('goes on by the next request after a crash between the end of an attempt and its retry', async () => {
    generator = (context) => {
      if (context.attempt > 1) return makeReport(context)
      isCrashing = true
      throw new RetryableTaskError('The model is busy.', { retryAfterMs: 1_000 })
    }
    const taskId = await create()
    await qstash.idle()
    isCrashing = false
    expect(qstash.waiting()).toEqual([])

    pass(32_000)
    await list()

    expect(await until(taskId, 'completed')).toMatchObject({ retryCount: 1 })
  })
})
