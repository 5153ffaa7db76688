import { formatLogEntry, fromTraceparent, silentLogger } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { failureOf, input, json, task, createAnsweringServer } from './answering-server.fixture.js'
import { createTaskService, taskService } from './task-service.js'

const server = createAnsweringServer()

describe('a task service', () => {
  it('creates a task and gives its dates as dates, but none inside the payload', async () => {
    const created = await server.open().createBackgroundTask(input)
    expect(created.queuedAt).toEqual(new Date('2027-01-01T00:00:00.000Z'))
    expect(created.payload.notes).toBe('2027-01-01T00:00:00.000Z')
    expect(server.received).toMatchObject([{ method: 'POST', body: input }])
    expect(server.received[0]?.url.search).toBe('?action=create')
    expect(server.received[0]?.headers['content-type']).toBe('application/json')
  })

  it('sends a fresh idempotency key and trace with every create', async () => {
    const service = server.open()
    await service.createBackgroundTask(input)
    await service.createBackgroundTask(input)
    const keys = server.received.map(({ headers }) => headers['idempotency-key'])
    const traces = server.received.map(({ headers }) => fromTraceparent(headers['traceparent'] as string))
    expect(new Set(keys).size).toBe(2)
    expect(new Set(traces).size).toBe(2)
    expect([...keys, ...traces]).not.toContain(undefined)
    expect(traces).not.toContain(null)
  })

  it('takes key and trace from the caller', async () => {
    await server.open().createBackgroundTask(input, { idempotencyKey: 'click-7', traceId: task.traceId })
    expect(server.received[0]?.headers['idempotency-key']).toBe('click-7')
    expect(fromTraceparent(server.received[0]?.headers['traceparent'] as string)).toBe(task.traceId)
  })

  it('creates a batch in one request', async () => {
    server.answer = json({ batchId: 'batch-1', tasks: [task, { ...task, taskId: 'task-2' }] }, 202)
    const batch = await server.open().createBackgroundTasks([input, input])
    expect(batch.batchId).toBe('batch-1')
    expect(batch.tasks.map(({ taskId, runAt }) => [taskId, runAt instanceof Date])).toEqual([
      ['task-1', true],
      ['task-2', true],
    ])
    expect(server.received).toMatchObject([{ body: { tasks: [input, input] } }])
  })

  it('writes a start time that is a Date as ISO 8601', async () => {
    await server.open().createBackgroundTask({ ...input, runAt: new Date('2027-05-01T08:00:00Z') })
    expect(server.received[0]?.body).toMatchObject({ runAt: '2027-05-01T08:00:00.000Z' })
  })

  it('reads and cancels one task by its id', async () => {
    const service = server.open()
    await service.getStatus('a b&c')
    await service.cancelTask('task-1')
    expect(server.received[0]).toMatchObject({ method: 'GET' })
    expect(Object.fromEntries(server.received[0]?.url.searchParams ?? [])).toEqual({
      action: 'status',
      taskId: 'a b&c',
    })
    expect(server.received[1]).toMatchObject({ method: 'POST', body: { taskId: 'task-1' } })
  })

  it('reads many tasks in one request, and none without a request', async () => {
    server.answer = json({ tasks: [task], missing: ['x'], pollAfterMs: 2_000, hints: { 'task-1': { position: 3 } } })
    const { wire } = server.open()
    await expect(wire.getStatuses([])).resolves.toEqual({ tasks: [], missing: [] })
    expect(server.received).toHaveLength(0)
    await expect(wire.getStatuses(['task-1', 'x'])).resolves.toMatchObject({ missing: ['x'], pollAfterMs: 2_000 })
    expect(server.received[0]?.url.searchParams.get('taskIds')).toBe('task-1,x')
    await expect(wire.getStatuses(Array.from({ length: 101 }, String))).rejects.toMatchObject({
      code: 'invalid_request',
    })
  })

  it('lists by filter, with several statuses and dates in the query', async () => {
    server.answer = json({ tasks: [task], nextCursor: 'next' })
    const page = await server.open().listTasks({
      status: ['queued', 'failed'],
      endedAfter: new Date(0),
      limit: 10,
      brandId: undefined,
    })
    expect(page).toMatchObject({ nextCursor: 'next', tasks: [{ createdAt: new Date(task.createdAt) }] })
    expect(Object.fromEntries(server.received[0]?.url.searchParams ?? [])).toEqual({
      action: 'list',
      status: 'queued,failed',
      endedAfter: '1970-01-01T00:00:00.000Z',
      limit: '10',
    })
  })

  it('keeps the query that the url has', async () => {
    await server.open({ url: `${server.base()}/api/jobs?tenant=acme` }).getStatus('task-1')
    expect(Object.fromEntries(server.received[0]?.url.searchParams ?? [])).toEqual({
      tenant: 'acme',
      action: 'status',
      taskId: 'task-1',
    })
  })

  it('says what to do when a relative url has nothing to be relative to', async () => {
    const error = await failureOf(createTaskService({ logger: silentLogger }).getStatus('task-1'))
    expect(error).toMatchObject({ code: 'invalid_request', retryable: false })
    expect(error.message).toContain("createTaskService({ url: 'https://")
  })

  it('is there as a default instance that did nothing yet', () => {
    expect(taskService.createBackgroundTask).toBeTypeOf('function')
  })

  it('asks for headers before every request', async () => {
    let token = 0
    const service = server.open({ headers: async () => ({ authorization: `Bearer ${(token += 1)}` }) })
    await service.getStatus('task-1')
    await service.getStatus('task-1')
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer 1', 'Bearer 2'])
  })

  it('sends nothing when the headers cannot be made', async () => {
    const service = server.open({ headers: () => Promise.reject(new Error('no token')) })
    await expect(service.getStatus('task-1')).rejects.toMatchObject({ code: 'invalid_request', retryable: true })
    expect(server.received).toHaveLength(0)
  })

  it('logs each request with its action and trace, and never the query of the url', async () => {
    await server
      .open({ url: `${server.base()}/api/jobs?key=secret` })
      .createBackgroundTask(input, { traceId: task.traceId })
    expect(server.lines.map(({ level }) => level)).toEqual(['info'])
    expect(server.lines.map((line) => formatLogEntry(line))).toEqual([
      `[TaskService] Making API request to: ${server.base()}/api/jobs action=create traceId=${task.traceId}`,
    ])
  })
})
