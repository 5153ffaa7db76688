import { silentLogger, type TaskJson } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTaskService } from './task-service.js'
import { createFakeTaskServer, type FakeTaskServerOptions } from '@brandkit/server-adapter/testing/fake-server'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const pass = async (ms: number) => vi.advanceTimersByTimeAsync(ms)
const ended = () => ({ status: 'cancelled', completedAt: new Date().toISOString() }) as Partial<TaskJson>

function setUp({ scenario = null, ...options }: FakeTaskServerOptions = {}) {
  const server = createFakeTaskServer({ scenario, ...options })
  const state = { fetch: server.fetch, queries: [] as string[] }
  const service = createTaskService({
    url: 'http://fake.test/api/jobs',
    logger: silentLogger,
    fetch: async (resource, init) => {
      const request = new Request(resource, init)
      state.queries.push(new URL(request.url).search)
      return state.fetch(request)
    },
  })
  const { taskId } = server.seed({ status: 'processing' })
  return { server, state, service, taskId }
}

describe('waiting for a task', () => {
  it('ends with it, by reads that the server holds back', async () => {
    const { server, state, service, taskId } = setUp()
    const waiting = service.waitForTask(taskId)
    await pass(60_000)
    expect(state.queries[0]).toBe(`?action=status&taskId=${taskId}&wait=25`)
    expect(state.queries.length).toBeLessThanOrEqual(4)
    server.change(taskId, ended())
    await pass(10)
    await expect(waiting).resolves.toMatchObject({ status: 'cancelled', completedAt: expect.any(Date) })
    const before = state.queries.length
    await pass(3_600_000)
    expect(state.queries).toHaveLength(before)
  })

  it('takes one request for a task that has ended already', async () => {
    const { server, state, service, taskId } = setUp()
    server.change(taskId, ended())
    await expect(service.waitForTask(taskId)).resolves.toMatchObject({ status: 'cancelled' })
    expect(state.queries).toHaveLength(1)
  })

  it('asks once a second at most while the task reports all the time', async () => {
    const { server, state, service, taskId } = setUp()
    const waiting = service.waitForTask(taskId)
    for (let progress = 1; progress <= 80; progress += 1) {
      server.change(taskId, { progress })
      await pass(250)
    }
    expect(state.queries.length).toBeLessThanOrEqual(22)
    server.change(taskId, ended())
    await pass(1_000)
    await waiting
  })

  it('asks again at once when an answer was held back for longer than the pause', async () => {
    const { server, state, service, taskId } = setUp()
    // Not a spy, whose restore would bring the fake clock into other files of this worker.
    const { setTimeout: clock } = globalThis
    const pauses: (number | undefined)[] = []
    globalThis.setTimeout = ((run: () => void, ms?: number) => {
      pauses.push(ms)
      return clock(run, ms)
    }) as typeof setTimeout
    const waiting = service.waitForTask(taskId)
    await pass(5_000)
    server.change(taskId, { progress: 10 })
    await pass(10)
    // The first is answered at once, the second is held back until the change.
    expect(state.queries).toHaveLength(3)
    server.change(taskId, ended())
    await pass(1_000)
    await waiting
    expect(pauses.length).toBeGreaterThan(2)
    expect(pauses.filter((ms = 0) => ms < 0)).toEqual([])
  })

  it('asks ever less often where nobody holds an answer back', async () => {
    const { server, state, service, taskId } = setUp()
    state.fetch = async (resource, init) => {
      const response = await server.fetch(new Request(resource, { ...init, headers: {} }))
      return Response.json(await response.json())
    }
    const waiting = service.waitForTask(taskId)
    await pass(120_000)
    expect(state.queries.length).toBeLessThan(12)
    server.change(taskId, ended())
    await pass(30_000)
    await expect(waiting).resolves.toMatchObject({ status: 'cancelled' })
  })

  it('gives a held read ten seconds more than the server may take', async () => {
    const { server, state, service, taskId } = setUp()
    const waiting = service.waitForTask(taskId)
    await pass(1_500)
    state.fetch = async () => new Promise<Response>(() => {})
    server.change(taskId, ended())
    await pass(1_500)
    state.fetch = server.fetch
    await pass(100)
    await expect(waiting).resolves.toMatchObject({ status: 'cancelled' })

    const second = server.seed({ status: 'processing' })
    state.fetch = async () => new Promise<Response>(() => {})
    let isOver = false
    const failing = service.waitForTask(second.taskId).catch(() => (isOver = true))
    await pass(4 * 35_000)
    expect(isOver).toBe(false)
    await pass(120_000)
    expect(isOver).toBe(true)
    await failing
  })

  it('survives failures that pass, and gives up after five in a row', async () => {
    const { server, state, service, taskId } = setUp()
    let failures = 4
    state.fetch = async (resource, init) => {
      failures -= 1
      if (failures >= 0) throw new TypeError('offline')
      return server.fetch(resource, init)
    }
    const waiting = service.waitForTask(taskId)
    await pass(60_000)
    server.change(taskId, ended())
    await pass(30_000)
    await expect(waiting).resolves.toMatchObject({ status: 'cancelled' })

    const other = server.seed({ status: 'processing' })
    failures = Infinity
    const failing = Promise.allSettled([service.waitForTask(other.taskId)])
    await pass(120_000)
    expect(await failing).toMatchObject([{ reason: { code: 'network_error' } }])
  })

  it('rejects at once with what will not pass', async () => {
    const { state, service } = setUp()
    await expect(service.waitForTask('nothing')).rejects.toMatchObject({ code: 'task_not_found' })
    expect(state.queries).toHaveLength(1)
  })

  it('ends with its signal, while it reads and while it rests', async () => {
    const { service, taskId } = setUp()
    for (const ms of [500, 5_000]) {
      const controller = new AbortController()
      const over = Promise.allSettled([service.waitForTask(taskId, { signal: controller.signal })])
      await pass(ms)
      controller.abort()
      expect(await over).toMatchObject([{ reason: { name: 'AbortError' } }])
    }
  })
})
