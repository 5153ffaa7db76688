import { describe, expect, it } from 'vitest'
import { failureOf, input } from './answering-server.fixture.js'
import {
  createFakeTaskServer,
  createManualClock,
  type FakeTaskServerOptions,
} from '@brandkit/server-adapter/testing/fake-server'
import { createTaskService } from './task-service.js'
import { silentLogger } from '@brandkit/core'

function setUp(options: FakeTaskServerOptions = {}) {
  const clock = createManualClock()
  const server = createFakeTaskServer({ clock, ...options })
  const service = createTaskService({ url: 'http://fake.test/api/jobs', fetch: server.fetch, logger: silentLogger })
  return { clock, server, service }
}

describe('a batch', () => {
  it('is created, read and cancelled as one thing', async () => {
    const { clock, service } = setUp()
    const { batchId, tasks } = await service.createBackgroundTasks([input, input, input])
    await clock.advance(3_000)
    await expect(service.getBatch(batchId)).resolves.toMatchObject({ batchId, total: 3, status: 'processing' })
    await service.cancelTask(tasks[0]?.taskId ?? '')
    await clock.advance(60_000)
    await expect(service.getBatch(batchId)).resolves.toMatchObject({
      progress: 100,
      status: 'completed',
      counts: { completed: 2, cancelled: 1 },
    })
    const outcomes = await service.cancelBatch(batchId)
    expect(outcomes.toSorted((a, b) => (a.taskId < b.taskId ? -1 : 1))).toEqual([
      { taskId: tasks[0]?.taskId, outcome: 'cancelled' },
      { taskId: tasks[1]?.taskId, outcome: 'over' },
      { taskId: tasks[2]?.taskId, outcome: 'over' },
    ])
    await expect(failureOf(service.getBatch('nothing'))).resolves.toMatchObject({ code: 'batch_not_found' })
  })
})

describe('the figures of a tenant', () => {
  it('are for operators', async () => {
    const { service } = setUp()
    await expect(failureOf(service.getStats())).resolves.toMatchObject({ code: 'forbidden', status: 403 })
    const operator = setUp({ userOf: () => ({ userId: 'grace', role: 'operator' }) }).service
    await operator.createBackgroundTask(input)
    await expect(operator.getStats()).resolves.toMatchObject({ queued: 1, completed: 0, durations: {} })
  })
})

describe('what a user has used', () => {
  it('is summed by month', async () => {
    const used = { inputTokens: 1_200, outputTokens: 300, cost: 0.02, currency: 'EUR' }
    const { service } = setUp({ scenario: { startAfterMs: 0, durationMs: 0, usage: [{ model: 'small', ...used }] } })
    const { taskId } = await service.createBackgroundTask(input)
    expect((await service.waitForTask(taskId)).usage).toEqual([{ model: 'small', ...used }])
    const { month, endsAt, ...sums } = await service.getUsage()
    expect(sums).toEqual({ used: [used] })
    expect(new Date(endsAt).getTime()).toBeGreaterThan(Date.parse(month))
    await expect(service.getUsage({ month: '2020-01' })).resolves.toMatchObject({ month: '2020-01', used: [] })
    await expect(failureOf(service.getUsage({ month: 'May' }))).resolves.toMatchObject({ code: 'invalid_request' })
  })
})

describe('the audit of a tenant', () => {
  it('is for operators', async () => {
    const { server, service } = setUp()
    await expect(failureOf(service.getAudit())).resolves.toMatchObject({ code: 'forbidden', status: 403 })
    expect(server.requests).toEqual(['GET audit'])
    const operator = setUp({ userOf: () => ({ userId: 'grace', role: 'operator' }) }).service
    const { taskId } = await operator.createBackgroundTask(input)
    expect(await operator.cancelTask(taskId)).toMatchObject({ cancelledBy: 'grace' })
    const { entries, nextCursor } = await operator.getAudit({ by: 'grace', act: 'cancel', limit: 1 })
    expect(entries).toMatchObject([{ action: 'cancel', by: 'grace', userId: 'grace', taskId }])
    expect(nextCursor).toBeNull()
  })
})

describe('several tasks', () => {
  it('are cancelled in one request, each with an outcome of its own', async () => {
    const { server, service } = setUp()
    const { taskId } = await service.createBackgroundTask(input)
    expect(await service.cancelTasks([taskId, 'nothing'])).toEqual([
      { taskId, outcome: 'cancelled' },
      { taskId: 'nothing', outcome: 'missing' },
    ])
    expect(server.requests).toEqual(['POST create', 'POST cancel'])
    expect(await service.cancelTasks([])).toEqual([])
    expect(server.requests).toHaveLength(2)
    await expect(failureOf(service.cancelTasks(Array.from({ length: 101 }, () => 'x')))).resolves.toMatchObject({
      code: 'invalid_request',
    })
  })
})

describe('a task that has ended', () => {
  it('is retried as a new one, and deleted for good', async () => {
    const { service } = setUp()
    const { taskId } = await service.createBackgroundTask(input)
    await expect(failureOf(service.deleteTask(taskId))).resolves.toMatchObject({ code: 'task_is_active' })
    await service.cancelTask(taskId)
    const retried = await service.retryTask(taskId)
    expect(retried).toMatchObject({ status: 'queued', retryOf: taskId, queuedAt: expect.any(Date) })
    expect((await service.retryTask(taskId)).taskId).toBe(retried.taskId)
    const anew = await service.retryTask(taskId, { from: 'start' })
    expect(anew).toMatchObject({ status: 'queued', retryOf: taskId })
    expect(anew.taskId).not.toBe(retried.taskId)
    await expect(failureOf(service.retryTask(taskId, { from: { step: 'none' } }))).resolves.toMatchObject({
      status: 400,
    })
    await service.deleteTask(taskId)
    await expect(failureOf(service.getStatus(taskId))).resolves.toMatchObject({ code: 'task_gone', status: 410 })
  })
})

/** 140 tasks with a tag, and one without. */
async function setUpMany() {
  const made = setUp()
  const tagged = Array.from({ length: 70 }, () => ({ ...input, tags: ['summer'] }))
  for (const inputs of [tagged, tagged]) await made.service.createBackgroundTasks(inputs)
  await made.service.createBackgroundTask(input)
  return made
}

describe('all tasks that match', () => {
  const filter = { tags: ['summer'], createdAfter: new Date(0) }

  it('are counted, and then taken page by page until none is left', async () => {
    const { service } = await setUpMany()
    expect(await service.countMatchingTasks('cancel', filter)).toEqual({ count: 140, isMore: false })
    const pages: number[] = []
    const onProgress = ({ done }: { done: number }) => pages.push(done)
    const total = await service.actOnMatchingTasks('cancel', filter, { onProgress })
    expect(total).toEqual({ matched: 140, done: 140 })
    expect(pages).toEqual([100, 140])
    expect(await service.countMatchingTasks('cancel', filter)).toEqual({ count: 0, isMore: false })
    expect(await service.countMatchingTasks('cancel', { all: true })).toEqual({ count: 1, isMore: false })
    const { tasks } = await service.listTasks({ ...filter, search: 'media', status: 'cancelled', limit: 100 })
    expect(tasks).toHaveLength(100)
    expect(tasks[0]?.tags).toEqual(['summer'])
  })

  it('are left alone from the request on that is aborted, and taken from there when asked again', async () => {
    const { service } = await setUpMany()
    const stop = new AbortController()
    let cursor: string | null = null
    const call = service.actOnMatchingTasks('cancel', filter, {
      signal: stop.signal,
      onProgress({ nextCursor }) {
        cursor = nextCursor
        stop.abort()
      },
    })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    expect(await service.countMatchingTasks('cancel', filter)).toMatchObject({ count: 40 })
    const rest = await service.actOnMatchingTasks('cancel', filter, { cursor: cursor ?? undefined })
    expect(rest).toEqual({ matched: 40, done: 40 })
  })

  it('are refused without a condition', async () => {
    const { service } = setUp()
    await expect(failureOf(service.actOnMatchingTasks('delete', {}))).resolves.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('"all": true') as unknown,
    })
  })
})
