import { FatalTaskError } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import type { TaskServer } from '../../create-task-server.js'
import { memoryStore } from '../../memory.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import {
  call,
  createReport,
  endless,
  makeReport,
  report,
  sampleTasks,
  statusOf,
} from '../../../proofs/fixtures/sample-tasks.js'

const { started } = keepSampleServers()

const refusing = () => Promise.reject(new FatalTaskError('No.'))
const retry = (server: TaskServer, taskId: string, user = 'ada') =>
  call(server, 'POST', 'action=retry', { user, body: { taskId } })

async function failedReport(server: TaskServer): Promise<string> {
  const taskId = await createReport(server)
  await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('failed'))
  return taskId
}

async function cancelledReport(server: TaskServer, body: object = report): Promise<string> {
  const { taskId } = (await call(server, 'POST', 'action=create', { body })).body.task
  await call(server, 'POST', 'action=cancel', { body: { taskId } })
  return taskId
}

describe('action=retry', () => {
  it('does the work of a failed task again, as a new task', async () => {
    const generator = vi.fn(makeReport).mockImplementationOnce(refusing)
    const server = await started(generator)
    const taskId = await failedReport(server)
    const { status, headers, body } = await retry(server, taskId)
    expect(status).toBe(202)
    expect(headers.get('location')).toBe(`?action=status&taskId=${body.task.taskId}`)
    expect(body.task).toMatchObject({ retryOf: taskId, status: 'processing', retryCount: 0, userId: 'ada' })
    await vi.waitFor(async () => expect((await statusOf(server, body.task.taskId)).status).toBe('completed'))
    expect((await statusOf(server, taskId)).status).toBe('failed')
  })

  it('keeps type, brand, payload, priority, retries, title and batch, under a trace of its own', async () => {
    const server = await started(endless)
    const asked = { ...report, payload: { name: 'June', pages: 7 }, priority: 'low', maxRetries: 1 }
    const batch = await call(server, 'POST', 'action=create', { body: { tasks: [asked] } })
    const [old] = (batch.body as unknown as { tasks: (typeof batch.body.task)[] }).tasks
    if (!old) throw new Error('The batch is empty.')
    await call(server, 'POST', 'action=cancel', { body: { batchId: old.batchId } })

    const { task } = (await retry(server, old.taskId)).body
    const { taskId, type, brandId, payload, priority, maxRetries, title, batchId } = old
    expect(task).toMatchObject({ type, brandId, payload, priority, maxRetries, title, batchId, retryOf: taskId })
    expect(priority).toBe('low')
    expect(task.traceId).not.toBe(old.traceId)
  })

  it('gives the same new task however often it is asked, 50 times at once too', async () => {
    const server = await started(endless)
    const taskId = await cancelledReport(server)
    const answers = await Promise.all(Array.from({ length: 50 }, () => retry(server, taskId)))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202))
    expect(new Set(answers.map(({ body }) => body.task.taskId)).size).toBe(1)
    const { body } = await call(server, 'GET', 'action=list')
    expect((body as unknown as { tasks: unknown[] }).tasks).toHaveLength(2)
  })

  it('cannot be tricked into another task by an idempotency key of a create', async () => {
    const server = await started(endless)
    const taskId = await cancelledReport(server)
    const created = await call(server, 'POST', 'action=create', {
      body: report,
      headers: { 'idempotency-key': `retry:${taskId}` },
    })
    expect((await retry(server, taskId)).body.task.taskId).not.toBe(created.body.task.taskId)
  })

  it('makes a task of the same owner when an operator asks, created by the operator, with the owner’s priority', async () => {
    const server = await started(endless, { tiers: { premium: { maxPriority: 'high' } } })
    const { taskId } = await server.tasks.create(
      { tenantId: 'acme', userId: 'ada', brandIds: ['aurora'], tier: 'premium' },
      { ...report, priority: 'high' },
    )
    await call(server, 'POST', 'action=cancel', { body: { taskId } })
    const { task } = (await retry(server, taskId, 'grace')).body
    expect(task).toMatchObject({ userId: 'ada', createdBy: 'grace', brandId: 'aurora', priority: 'high' })
    // A later retry by the owner gives the operator's new task.
    expect((await retry(server, taskId)).body.task.taskId).toBe(task.taskId)
  })

  it('refuses a task that is still under way', async () => {
    const server = await started(endless)
    expect(await retry(server, await createReport(server))).toMatchObject({
      status: 409,
      body: { code: 'task_is_active' },
    })
  })

  it('refuses a task that has completed', async () => {
    const server = await started(makeReport)
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
    expect(await retry(server, taskId)).toMatchObject({ status: 409, body: { code: 'task_is_over' } })
  })

  it('answers 410 once the content is gone, that of the task or that of its retry', async () => {
    const server = await started(refusing)
    const taskId = await failedReport(server)
    const again = (await retry(server, taskId)).body.task.taskId
    await vi.waitFor(async () => expect((await statusOf(server, again)).status).toBe('failed'))
    for (const gone of [again, taskId]) {
      await call(server, 'POST', 'action=delete', { body: { taskId: gone } })
      expect(await retry(server, taskId)).toMatchObject({ status: 410, body: { code: 'task_gone' } })
    }
  })

  it.each(['linus', 'mallory'])('says to %s of somebody else’s task what it says of none', async (user) => {
    const server = await started(endless)
    const taskId = await cancelledReport(server)
    const [foreign, unknown] = [await retry(server, taskId, user), await retry(server, 'nobody', user)]
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, traceId: '' }).toEqual({ ...unknown.body, traceId: '' })
  })

  it('counts against the limits of a create, but gives back what there is', async () => {
    const server = await started(endless, { limits: { createPerMinute: 3, activePerUser: 1 } })
    const [first, second] = [await cancelledReport(server), await cancelledReport(server)]
    const { task } = (await retry(server, first)).body
    expect(await retry(server, second)).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect(await retry(server, first)).toMatchObject({ status: 202, body: { task: { taskId: task.taskId } } })
  })

  it('lets nobody have more under way than they may', async () => {
    const server = await started(endless, { limits: { activePerUser: 1 } })
    const taskId = await cancelledReport(server)
    await createReport(server)
    expect(await retry(server, taskId)).toMatchObject({ status: 429, body: { code: 'too_many_active_tasks' } })
  })

  it('checks the payload by today’s catalog', async () => {
    const store = memoryStore()
    const before = await started(endless, { store })
    const taskId = await cancelledReport(before)
    const { payload } = sampleTasks.MAKE_REPORT
    const stricter = { ...sampleTasks.MAKE_REPORT, payload: payload.refine(({ name }) => name !== 'May', 'Not in May') }
    const after = await started(endless, { store, catalog: { ...sampleTasks, MAKE_REPORT: stricter } })
    expect(await retry(after, taskId)).toMatchObject({ status: 409, body: { code: 'payload_outdated' } })
  })
})
