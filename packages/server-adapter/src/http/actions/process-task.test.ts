import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../create-task-server.js'
import type { QueueBackend } from '../../queue/queue-backend.js'
import { call, createReport, makeReport, sampleServer, statusOf } from '../../testing/sample-tasks.js'

const servers: TaskServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

describe('action=process', () => {
  it('runs tasks that a push queue delivers, and answers with what became of them', async () => {
    const server = sampleServer(makeReport, { queue: pushQueue() })
    servers.push(server)
    const taskId = await createReport(server)
    const deliver = () => call(server, 'POST', 'action=process', { user: null, body: { taskId } })
    expect((await deliver()).body).toEqual({ outcome: 'done' })
    expect((await statusOf(server, taskId)).status).toBe('completed')
    expect((await deliver()).body).toEqual({ outcome: 'over' })
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
})

/** The smallest push backend: the test is the engine. */
function pushQueue(): QueueBackend {
  return {
    name: 'push',
    capabilities: { mode: 'push', priority: false, maxDelayMs: 0, durable: false },
    open: () => Promise.resolve(),
    close: () => Promise.resolve(),
    enqueue: () => Promise.resolve(),
    receive: ({ body }) => Promise.resolve(JSON.parse(body) as object),
  }
}
