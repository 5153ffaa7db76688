import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'
import { reportInput } from './endpoint-tasks.js'

/** A new key for each test, so that earlier tests do not matter. */
const freshKey = () => ({ 'idempotency-key': crypto.randomUUID() })

export function describeCreating({ call, create, read }: EndpointCaller): void {
  it('answers 202 with the task, where to read it and when to ask', async () => {
    const { status, headers, body } = await call('create', { body: reportInput() })
    expect(status).toBe(202)
    expect(body.task).toMatchObject({
      type: 'WRITE_REPORT',
      brandId: 'aurora',
      title: 'Report: May',
      payload: { name: 'May', pages: 2, course: 'completes' },
      userId: 'ada',
      createdBy: 'ada',
      priority: 'normal',
      retryCount: 0,
      maxRetries: 1,
    })
    expect(headers.get('location')).toContain(`action=status&taskId=${body.task.taskId}`)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await read(body.task.taskId)).toMatchObject({ taskId: body.task.taskId, payload: body.task.payload })
  })

  it('goes on with the trace of the request', async () => {
    const traceId = crypto.randomUUID().replaceAll('-', '')
    const task = await create('completes', { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } })
    expect(task.traceId).toBe(traceId)
  })

  it('takes the owner from the session, and refuses one in the body', async () => {
    expect(await call('create', { body: reportInput('completes', { userId: 'linus' }) })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    })
  })

  it('gives no more retries and priority than the type and the caller may have', async () => {
    const body = reportInput('completes', { maxRetries: 10, priority: 'high' })
    expect((await call('create', { body })).body.task).toMatchObject({ maxRetries: 1, priority: 'normal' })
    const modest = reportInput('completes', { maxRetries: 0, priority: 'low' })
    expect((await call('create', { body: modest })).body.task).toMatchObject({ maxRetries: 0, priority: 'low' })
  })

  it('keeps a task for later until then', async () => {
    const runAt = new Date(Date.now() + 3_600_000).toISOString()
    const { body } = await call('create', { body: reportInput('completes', { runAt }) })
    expect(body.task).toMatchObject({ status: 'queued', runAt })
    expect(await read(body.task.taskId)).toMatchObject({ status: 'queued', version: body.task.version })
  })

  it('makes one task under one key, however often and at whatever time it is sent', async () => {
    const headers = freshKey()
    const first = await create('completes', { headers })
    const again = await Promise.all(Array.from({ length: 10 }, () => create('completes', { headers })))
    expect(new Set(again.map(({ taskId }) => taskId))).toEqual(new Set([first.taskId]))
  })

  it('makes one task of 20 that are sent under one key at once', async () => {
    const headers = freshKey()
    const tasks = await Promise.all(Array.from({ length: 20 }, () => create('completes', { headers })))
    expect(new Set(tasks.map(({ taskId }) => taskId)).size).toBe(1)
  })

  it('refuses a key that belongs to another request, and knows nothing of the keys of others', async () => {
    const headers = freshKey()
    const { taskId } = await create('completes', { headers })
    expect(await call('create', { headers, body: reportInput('refuses') })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    })
    expect((await create('refuses', { headers, user: 'linus' })).taskId).not.toBe(taskId)
  })

  it('refuses work of which only one may be under way, and names that one to its owner alone', async () => {
    const only = crypto.randomUUID()
    const body = reportInput('lasts', { payload: { name: 'May', course: 'lasts', only } })
    const all = await Promise.all(Array.from({ length: 5 }, () => call('create', { body })))
    const { taskId } = all.find(({ status }) => status === 202)?.body.task ?? {}
    const refusals = all.filter(({ status }) => status !== 202)
    expect(refusals).toHaveLength(4)
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ status: 409, body: { code: 'already_under_way', taskId, retryable: false } })
    const others = await call('create', { body, user: 'linus' })
    expect(others).toMatchObject({ status: 409, body: { code: 'already_under_way' } })
    expect(JSON.stringify(others.body)).not.toContain(taskId)
    await call('cancel', { body: { taskId } })
    const next = await call('create', { body })
    expect(next.status).toBe(202)
    await call('cancel', { body: { taskId: next.body.task.taskId } })
  })

  it('says which field of a payload is wrong', async () => {
    const { status, body } = await call('create', {
      body: reportInput('completes', { payload: { name: '', colour: 'red' } }),
    })
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'invalid_payload' })
    expect(body.issues?.map(({ path }) => path.join('.'))).toContain('payload.name')
    expect(body.detail).toContain('colour')
  })
}
