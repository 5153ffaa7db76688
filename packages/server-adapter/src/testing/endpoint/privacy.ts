import { expect, it } from 'vitest'
import { type CallOptions, type EndpointCaller, type EndpointReply } from './endpoint-caller.js'

/** Requests that a stranger may send with an id. */
const ATTEMPTS: readonly [string, (id: string) => CallOptions][] = [
  ['status', (taskId) => ({ query: { taskId } })],
  ['cancel', (taskId) => ({ body: { taskId } })],
  ['retry', (taskId) => ({ body: { taskId } })],
  ['delete', (taskId) => ({ body: { taskId } })],
]
const BATCH_ATTEMPTS: typeof ATTEMPTS = [
  ['status', (batchId) => ({ query: { batchId } })],
  ['cancel', (batchId) => ({ body: { batchId } })],
]

/** Everything that a caller sees of a reply, except values that differ in each reply. */
function visible({ status, headers, body }: EndpointReply, id: string): unknown {
  const { date: _date, 'content-length': _length, ...shown } = Object.fromEntries(headers)
  return { status, headers: shown, body: JSON.parse(JSON.stringify({ ...body, traceId: '' }).replaceAll(id, 'the id')) }
}

export function describePrivacy({ call, create, createBatch, read }: EndpointCaller): void {
  it.each(ATTEMPTS)('a foreign task answers to %s as an unknown one does', async (action, options) => {
    const { taskId } = await create('lasts')
    const foreign = await call(action, { user: 'linus', ...options(taskId) })
    const unknown = await call(action, { user: 'linus', ...options('0198-nobody') })
    expect(foreign.status).toBe(404)
    expect(visible(foreign, taskId)).toEqual(visible(unknown, '0198-nobody'))
    expect((await read(taskId)).status).not.toBe('cancelled')
    await call('cancel', { body: { taskId } })
  })

  it.each(BATCH_ATTEMPTS)('a foreign batch answers to %s as an unknown one does', async (action, options) => {
    const { batchId, tasks } = await createBatch(['lasts'])
    const foreign = await call(action, { user: 'linus', ...options(batchId) })
    const unknown = await call(action, { user: 'linus', ...options('0198-nobody') })
    expect(foreign.status).toBe(404)
    expect(visible(foreign, batchId)).toEqual(visible(unknown, '0198-nobody'))
    expect((await read(tasks[0]!.taskId)).status).not.toBe('cancelled')
    await call('cancel', { body: { batchId } })
  })

  it('a foreign task is missing among several', async () => {
    const { taskId } = await create('lasts')
    const many = await call('status', { user: 'linus', query: { taskIds: taskId } })
    expect(many.body).toMatchObject({ tasks: [], missing: [taskId] })
    const { body } = await call('cancel', { user: 'linus', body: { taskIds: [taskId] } })
    expect(body.outcomes).toEqual([{ taskId, outcome: 'missing' }])
    await call('cancel', { body: { taskId } })
  })

  it('nobody finds the tasks of others in a list, whatever it is narrowed by', async () => {
    const { batchId, tasks } = await createBatch(['completes'])
    for (const query of [{ batchId }, { brandId: 'aurora', limit: '100' }]) {
      const { body } = await call('list', { user: 'linus', query })
      expect(body.tasks.map(({ taskId }) => taskId)).not.toContain(tasks[0]!.taskId)
      expect(body.tasks.filter(({ userId }) => userId !== 'linus')).toEqual([])
    }
  })

  it('the page of another caller leads nowhere', async () => {
    await createBatch(['completes', 'completes'])
    const { body } = await call('list', { query: { limit: '1' } })
    const { status, body: stolen } = await call('list', { user: 'linus', query: { cursor: body.nextCursor! } })
    expect([200, 400]).toContain(status)
    expect((stolen.tasks ?? []).filter(({ userId }) => userId !== 'linus')).toEqual([])
  })
}
