import { type CreateTask, isTaskError } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { keepSampleServers } from '../../proofs/fixtures/sample-servers.js'
import {
  ada,
  call,
  createReport,
  endless,
  grace,
  linus,
  makeReport,
  report,
  statusOf,
} from '../../proofs/fixtures/sample-tasks.js'

const { started } = keepSampleServers()

/** Makes the input of a create. Needs a cast, because the compiler only knows the brand tasks, not the sample catalog. */
const asked = (overrides: object = {}) => ({ ...report, ...overrides }) as unknown as CreateTask

describe('server.as(principal)', () => {
  it('gives every verb, with the JSON that HTTP would give', async () => {
    const server = await started(endless)
    const tasks = server.as(ada)
    const one = await tasks.create(asked(), { traceId: 'c'.repeat(32) })
    expect(one).toMatchObject({ userId: 'ada', payload: { name: 'May', pages: 2 }, traceId: 'c'.repeat(32) })
    expect(await tasks.getStatus(one.taskId)).toEqual(await statusOf(server, one.taskId))

    const batch = await tasks.createMany([asked(), asked()])
    const ids = batch.tasks.map(({ taskId }) => taskId)
    expect(await tasks.getBatch(batch.batchId)).toMatchObject({ total: 2 })
    expect(await tasks.getStatuses([...ids, 'nobody'])).toMatchObject({ missing: ['nobody'] })
    expect(await tasks.getStatuses([])).toEqual({ tasks: [], missing: [] })

    expect(await tasks.cancel(one.taskId)).toMatchObject({ status: 'cancelled' })
    expect(await tasks.retry(one.taskId)).toMatchObject({ retryOf: one.taskId })
    expect(await tasks.cancelMany([ids[0] ?? '', 'nobody'])).toEqual([
      { taskId: ids[0], outcome: 'cancelled' },
      { taskId: 'nobody', outcome: 'missing' },
    ])
    const outcomes = await tasks.cancelBatch(batch.batchId)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled'])
    await tasks.delete(one.taskId)
    const cancelled = await tasks.list({ status: ['cancelled', 'failed'], endedAfter: new Date(0), limit: 10 })
    expect(cancelled.tasks.map(({ taskId }) => taskId).toSorted()).toEqual(ids.toSorted())
    expect(cancelled.nextCursor).toBeNull()
    expect(await server.as(grace).stats()).toEqual(await server.stats({ tenantId: 'acme' }))
  })

  it('takes dates, and leaves out what is undefined', async () => {
    const server = await started(endless)
    const runAt = new Date('2030-01-01T00:00:00Z')
    const { taskId, ...task } = await server.as(ada).create(asked({ runAt, priority: undefined }))
    expect(task).toMatchObject({ runAt: runAt.toISOString(), priority: 'normal' })
    expect((await server.as(ada).list({ brandId: undefined })).tasks[0]?.taskId).toBe(taskId)
  })

  it('shows and does no more than the principal may', async () => {
    const server = await started(endless)
    const taskId = await createReport(server)
    const strange = server.as(linus)
    for (const attempt of [
      () => strange.getStatus(taskId),
      () => strange.cancel(taskId),
      () => strange.retry(taskId),
      () => strange.delete(taskId),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'task_not_found', status: 404 })
    await expect(strange.stats()).rejects.toMatchObject({ code: 'forbidden', status: 403 })
    expect((await strange.list()).tasks).toEqual([])
    expect((await server.as(grace).list()).tasks).toHaveLength(1)
    await expect(server.as(ada).create(asked({ brandId: 'borealis' }))).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('asks `authorize`, and counts against the same limits', async () => {
    const server = await started(endless, {
      authorize: ({ action }) => action !== 'list' && 'own',
      limits: { createPerMinute: 2 },
    })
    const tasks = server.as(ada)
    await expect(tasks.list()).rejects.toMatchObject({ code: 'forbidden' })
    await createReport(server)
    const { taskId } = await tasks.create(asked(), { idempotencyKey: 'k' })
    await expect(tasks.create(asked())).rejects.toMatchObject({ code: 'rate_limited' })
    expect((await tasks.create(asked(), { idempotencyKey: 'k' })).taskId).toBe(taskId)
    expect((await call(server, 'POST', 'action=create', { body: report })).status).toBe(429)
  })

  it.each([
    ['a type that is not there', asked({ type: 'MAKE_TEA' }), 'unknown_task_type'],
    ['a payload that does not fit', asked({ payload: { name: '' } }), 'invalid_payload'],
    ['somebody else’s name', asked({ userId: 'linus' }), 'invalid_request'],
    [
      'a key that reaches for the prototype',
      asked({ payload: JSON.parse('{"__proto__":{}}') as object }),
      'invalid_request',
    ],
    ['a BigInt', asked({ payload: { name: 1n } }), 'invalid_request'],
    ['an integer that was rounded before', asked({ payload: { name: 2 ** 53 } }), 'invalid_request'],
    ['too much', asked({ payload: { name: 'x'.repeat(4_000_000) } }), 'payload_too_large'],
  ])('refuses %s as HTTP does', async (_, input, code) => {
    const server = await started(endless)
    await expect(server.as(ada).create(input)).rejects.toMatchObject({ code })
  })

  it.each([
    ['a BigInt', 1n],
    ['an integer beyond 2^53', 2 ** 60],
  ])('says where %s stands', async (_, id) => {
    const input: Record<string, unknown> = { name: 'May', ids: [0, { id }] }
    const server = await started(endless)
    await expect(server.as(ada).create(asked({ payload: input }))).rejects.toMatchObject({
      message: expect.stringContaining('payload.ids[1].id') as string,
      issues: [{ path: ['payload', 'ids', 1, 'id'] }],
    })
  })

  it('refuses a cycle', async () => {
    const payload: Record<string, unknown> = { name: 'May' }
    payload['self'] = payload
    const server = await started(endless)
    await expect(server.as(ada).create(asked({ payload }))).rejects.toThrow('it holds a cycle')
  })

  it('rejects with an error that may be shown, whatever has happened', async () => {
    const server = await started(endless, { authorize: () => Promise.reject(new Error('LDAP password: hunter2')) })
    const error: unknown = await server
      .as(ada)
      .list()
      .catch((reason: unknown) => reason)
    expect(isTaskError(error)).toBe(true)
    expect(error).toMatchObject({ code: 'internal_error', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string })
    expect(String(error)).not.toContain('hunter2')
  })

  it('waits for the end of a task', async () => {
    const gate = Promise.withResolvers<void>()
    const server = await started(async (context) => {
      await gate.promise
      return makeReport(context)
    })
    const tasks = server.as(ada)
    const ended = tasks.waitFor(await createReport(server))
    gate.resolve()
    expect(await ended).toMatchObject({ status: 'completed', result: { reportId: 'r1' } })
  })

  it('stops waiting when nobody wants to know any more, or the server stops', async () => {
    const server = await started(endless)
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('processing'))
    const caller = new AbortController()
    const given = server.as(ada).waitFor(taskId, { signal: caller.signal })
    caller.abort(new Error('enough'))
    await expect(given).rejects.toThrow('enough')
    const waiting = server.as(ada).waitFor(taskId)
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'shutting_down' }), server.stop()])
  })
})
