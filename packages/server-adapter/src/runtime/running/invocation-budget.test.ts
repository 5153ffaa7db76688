import { defineTask, silentLogger, type TaskJson } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import type { TaskServer } from '../../create-task-server.js'
import { memoryStore } from '../../memory.js'
import type { Delivery, QueueBackend } from '../../queue/queue-backend.js'
import { createDocumentedServer } from '../../../proofs/openapi/documented.js'
import { ada } from '../../../proofs/fixtures/sample-tasks.js'

const MINUTE_MS = 60_000
const minutes = Object.fromEntries(
  Array.from({ length: 30 }, (_, minute) => [`minute${minute + 1}`, { title: 'Working', output: z.int() }]),
)
const catalog = {
  LONG: defineTask({
    title: () => 'Half an hour',
    payload: z.object({}),
    steps: minutes,
    result: z.object({ minutes: z.int() }),
    // A single lost attempt would fail the task.
    maxRetries: 0,
    timeoutMs: 10 * MINUTE_MS,
  }),
}

/** The published deliveries; the test itself is the queue engine. */
const published: Delivery[] = []
function pushQueue(): QueueBackend {
  return {
    name: 'push',
    capabilities: { mode: 'push', priority: false, maxDelayMs: 0, durable: false },
    open: () => Promise.resolve(),
    close: () => Promise.resolve(),
    enqueue: async (deliveries) => void published.push(...deliveries),
    receive: ({ body }) => Promise.resolve(JSON.parse(body) as object),
  }
}

type Minute = (context: { signal: AbortSignal }) => Promise<number>

let server: TaskServer
function serve(minute: Minute, invocationBudgetMs: number) {
  server = createDocumentedServer({
    catalog,
    store: memoryStore(),
    queue: pushQueue(),
    authenticate: () => ada,
    generators: {
      LONG: async ({ step, signal }) => {
        for (const key of Object.keys(minutes)) await step(key, () => minute({ signal }))
        return { minutes: 30 }
      },
    },
    invocationBudgetMs,
    logger: silentLogger,
  })
}

/** Sends one request of the queue engine. Returns its duration by the fake clock, and the answer. */
async function invoke(taskId: string) {
  const startedAt = Date.now()
  const answers: Response[] = []
  const request = new Request('http://app.test/api/jobs?action=process', {
    method: 'POST',
    body: JSON.stringify({ taskId }),
  })
  void server.handler(request).then((answer) => answers.push(answer))
  while (answers.length === 0) await vi.advanceTimersByTimeAsync(1_000)
  return { tookMs: Date.now() - startedAt, status: answers[0]?.status }
}

async function find(taskId: string): Promise<TaskJson> {
  const request = new Request(`http://app.test/api/jobs?action=status&taskId=${taskId}`)
  const { task } = (await (await server.handler(request)).json()) as { task: TaskJson }
  return task
}

beforeEach(() => {
  vi.useFakeTimers()
  published.length = 0
})
afterEach(async () => {
  const stopping = server.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  await stopping
  vi.useRealTimers()
})

/** Works for `ms` milliseconds, or until the signal aborts. */
function pass(ms: number, signal?: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    setTimeout(() => resolve(1), ms)
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}

describe('an invocation budget', () => {
  it('lets a task of thirty minutes complete where a request may take five', async () => {
    const begun = vi.fn()
    const ended = vi.fn()
    serve(async ({ signal }) => {
      begun()
      const output = await pass(MINUTE_MS, signal)
      ended()
      return output
    }, 4.9 * MINUTE_MS)
    const { taskId } = await server.tasks.create(ada, { type: 'LONG', brandId: 'aurora', payload: {} })

    const invocations: Awaited<ReturnType<typeof invoke>>[] = []
    for (let delivery = published.shift(); delivery; delivery = published.shift()) {
      invocations.push(await invoke(delivery.taskId))
    }

    expect(await find(taskId)).toMatchObject({ status: 'completed', retryCount: 0, result: { minutes: 30 } })
    expect(Math.max(...invocations.map(({ tookMs }) => tookMs))).toBeLessThan(5 * MINUTE_MS)
    expect(invocations.every(({ status }) => status === 200)).toBe(true)
    // Four steps fit into each request; only the interrupted step runs again.
    expect(invocations).toHaveLength(8)
    expect(ended).toHaveBeenCalledTimes(30)
    expect(begun).toHaveBeenCalledTimes(37)
  })

  it('burns the attempt of an invocation that got nothing done, so that no task goes round for ever', async () => {
    serve(({ signal }) => pass(10 * MINUTE_MS, signal), 4.9 * MINUTE_MS)
    const { taskId } = await server.tasks.create(ada, { type: 'LONG', brandId: 'aurora', payload: {} })
    await invoke(taskId)
    expect(await find(taskId)).toMatchObject({ status: 'failed', errorCode: 'worker_lost' })
  })

  it('leaves a generator behind that ignores its signal, and answers in time', async () => {
    let begun = 0
    serve(() => pass(++begun === 1 ? MINUTE_MS : 60 * MINUTE_MS), 4.9 * MINUTE_MS)
    const { taskId } = await server.tasks.create(ada, { type: 'LONG', brandId: 'aurora', payload: {} })
    published.length = 0

    const { tookMs } = await invoke(taskId)

    expect(tookMs).toBeLessThan(5 * MINUTE_MS)
    expect(await find(taskId)).toMatchObject({ status: 'queued' })
    expect(published).toMatchObject([{ taskId }])
  })

  it('keeps the step that a generator finishes within the grace', async () => {
    serve(() => pass(4.9 * MINUTE_MS - 2_000), 4.9 * MINUTE_MS)
    const { taskId } = await server.tasks.create(ada, { type: 'LONG', brandId: 'aurora', payload: {} })
    await invoke(taskId)
    expect(await find(taskId)).toMatchObject({ status: 'queued', retryCount: 0, progress: 3 })
  })

  it.each([0, -1, Number.NaN])('cannot be %d', (budget) => {
    expect(() => serve(() => pass(1), budget)).toThrow('invocationBudgetMs')
  })
})
