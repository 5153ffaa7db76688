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
    await service.deleteTask(taskId)
    await expect(failureOf(service.getStatus(taskId))).resolves.toMatchObject({ code: 'task_gone', status: 410 })
  })
})
