import { createLogger, type LogEntry, TaskError } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryQueue, memoryStore } from '../../memory.js'
import type { TaskStore } from '../../store/task-store.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { call, makeReport, sampleServer } from '../../../proofs/fixtures/sample-tasks.js'

const { keep, started } = keepSampleServers()
const WELL = { status: 'ok', parts: { store: 'ok', queue: 'ok', worker: 'ok' } }
const never = () => new Promise<never>(() => {})
const unavailable = async () => {
  throw new TaskError('store_unavailable', 'postgres://app:hunter2@db refused the connection.')
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** A store whose methods a test may replace. */
function storeWith(methods: Partial<TaskStore>) {
  return { ...memoryStore(), ...methods }
}

describe('the health of a server', () => {
  it('is ok while store, queue and worker are, in process and over HTTP', async () => {
    const server = await started()
    expect(await server.health()).toEqual(WELL)
    expect(await call(server, 'GET', 'action=health', { user: null })).toMatchObject({ status: 200, body: WELL })
  })

  it('is ok where nobody works and nobody has asked before: it connects by itself, without maintenance', async () => {
    const maintain = vi.fn(memoryStore().maintain)
    const server = keep(sampleServer(makeReport, { store: storeWith({ maintain }) }))
    expect(await server.health()).toEqual({ status: 'ok', parts: { store: 'ok', queue: 'ok', worker: 'none' } })
    expect(maintain).not.toHaveBeenCalled()
  })

  it('asks nobody who it is', async () => {
    const authenticate = vi.fn(() => null)
    const server = await started(makeReport, { authenticate })
    expect((await call(server, 'GET', 'action=health')).status).toBe(200)
    expect(authenticate).not.toHaveBeenCalled()
  })

  it('is down without its store, says nothing of why, and is well again once the store is', async () => {
    const find = vi.fn<TaskStore['find']>(memoryStore().find)
    const lines: LogEntry[] = []
    const logger = createLogger({ sink: (entry) => void lines.push(entry) })
    const server = await started(makeReport, { store: storeWith({ find }), logger })
    expect(await server.health()).toEqual(WELL)

    find.mockImplementation(unavailable)
    for (let check = 0; check < 5; check++) {
      await vi.advanceTimersByTimeAsync(1_001)
      const reply = await call(server, 'GET', 'action=health', { user: null })
      expect(reply.status).toBe(503)
      expect(reply.body).toEqual({ status: 'down', parts: { store: 'down', queue: 'ok', worker: 'ok' } })
    }
    find.mockResolvedValue([])
    await vi.advanceTimersByTimeAsync(1_001)
    expect(await server.health()).toEqual(WELL)
    // One line for each change, with the reason.
    expect(lines.filter(({ message }) => /answer/.test(message))).toMatchObject([
      { level: 'warn', message: 'The store does not answer', fields: { reason: expect.stringContaining('refused') } },
      { level: 'info', message: 'The store answers again' },
    ])
  })

  it('is down when the store stands still, after two seconds, and asks it no second time meanwhile', async () => {
    const find = vi.fn<TaskStore['find']>(never)
    const server = await started(makeReport, { store: storeWith({ find }) })
    const check = server.health()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await check).toMatchObject({ status: 'down', parts: { store: 'down' } })
    // The time limit has passed, so a check that comes now need not wait.
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await server.health()).toMatchObject({ status: 'down' })
    expect(find).toHaveBeenCalledOnce()
  })

  it('asks the store once a second, however many ask', async () => {
    const find = vi.fn(memoryStore().find)
    const server = await started(makeReport, { store: storeWith({ find }) })
    for (let second = 0; second < 3; second++) {
      await Promise.all(Array.from({ length: 500 }, () => server.health()))
      await vi.advanceTimersByTimeAsync(1_001)
    }
    expect(find).toHaveBeenCalledTimes(3)
  })

  it.each([
    ['refuses', () => Promise.reject(new Error('connection refused'))],
    ['stands still', never],
  ])('is degraded while the queue %s: tasks are taken and kept', async (_, depth) => {
    const server = await started(makeReport, { queue: { ...memoryQueue(), depth } })
    const check = call(server, 'GET', 'action=health', { user: null })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await check).toMatchObject({
      status: 200,
      body: { status: 'degraded', parts: { store: 'ok', queue: 'down', worker: 'ok' } },
    })
  })

  it('is degraded when the worker could not begin, or its rounds of maintenance end no more', async () => {
    const consume = vi.fn(async () => Promise.reject(new Error('no consumer group')))
    const broken = keep(sampleServer(makeReport, { queue: { ...memoryQueue(), consume } }))
    await expect(broken.start()).rejects.toThrow('no consumer group')
    const degraded = { status: 'degraded', parts: { store: 'ok', queue: 'ok', worker: 'down' } }
    expect(await broken.health()).toEqual(degraded)

    const stuck = await started(makeReport, {
      store: storeWith({ maintain: never }),
      timings: { leaseMs: 1_000, beatMs: 100, maintenanceMs: 500, drainMs: 50 },
    })
    expect(await stuck.health()).toEqual(WELL)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await stuck.health()).toEqual(degraded)
    vi.useRealTimers()
  })

  it('is down once the server stops, so that nobody is sent there any more', async () => {
    const find = vi.fn(memoryStore().find)
    const server = await started(makeReport, { store: storeWith({ find }) })
    await server.health()
    const stopped = server.stop()
    expect(await call(server, 'GET', 'action=health', { user: null })).toMatchObject({
      status: 503,
      body: { status: 'down', parts: { store: 'ok', queue: 'ok', worker: 'stopping' } },
    })
    await stopped
    expect(find).toHaveBeenCalledOnce()
  })

  it('tries to connect once in five seconds while that fails, and says which part is missing', async () => {
    const open = vi.fn(async () => Promise.reject(new Error('no Redis')))
    const store = memoryStore()
    const openStore = vi.spyOn(store, 'open')
    const server = keep(sampleServer(makeReport, { store, queue: { ...memoryQueue(), open } }))
    const missing = { status: 'down', parts: { store: 'ok', queue: 'down', worker: 'none' } }
    for (let check = 0; check < 100; check++) {
      expect(await server.health()).toEqual(missing)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(openStore).toHaveBeenCalledTimes(2)

    open.mockResolvedValue(undefined as never)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await server.health()).toMatchObject({ status: 'ok' })
  })
})
