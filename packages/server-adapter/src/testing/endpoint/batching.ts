import { expect, it, vi } from 'vitest'
import { type EndpointCaller, PATIENCE } from './endpoint-caller.js'
import { reportInput } from './endpoint-tasks.js'

export function describeBatching({ call, createBatch, until }: EndpointCaller): void {
  const batchOf = async (batchId: string) => (await call('status', { query: { batchId } })).body.batch

  it('is created whole, in the order asked for, under one id', async () => {
    const { batchId, tasks } = await createBatch(['completes', 'lasts', 'completes'])
    expect(tasks.map((task) => task.batchId)).toEqual([batchId, batchId, batchId])
    expect(tasks.map(({ payload }) => payload)).toMatchObject([
      { course: 'completes' },
      { course: 'lasts' },
      { course: 'completes' },
    ])
    await call('cancel', { body: { batchId } })
  })

  it('is created whole or not at all', async () => {
    const { body: before } = await call('list', { user: 'grace', query: { limit: '100' } })
    const tasks = [reportInput(), reportInput('completes', { payload: {} })]
    expect(await call('create', { user: 'grace', body: { tasks } })).toMatchObject({
      status: 422,
      body: { code: 'invalid_payload' },
    })
    const { body: after } = await call('list', { user: 'grace', query: { limit: '100' } })
    expect(after.tasks).toHaveLength(before.tasks.length)
  })

  it('is made once under one key', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const first = await createBatch(['completes', 'completes'], { headers })
    const again = await createBatch(['completes', 'completes'], { headers })
    expect(again.batchId).toBe(first.batchId)
    expect(again.tasks.map(({ taskId }) => taskId)).toEqual(first.tasks.map(({ taskId }) => taskId))
  })

  it('has at most 100 tasks, and at least one', async () => {
    for (const count of [0, 101]) {
      const tasks = Array.from({ length: count }, () => reportInput())
      expect(await call('create', { body: { tasks } })).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      })
    }
  })

  it('is summed up, and says when to ask again until it is over', async () => {
    const { batchId, tasks } = await createBatch(['completes', 'refuses', 'lasts'])
    await vi.waitFor(
      async () =>
        expect(await batchOf(batchId)).toMatchObject({
          batchId,
          total: 3,
          status: 'processing',
          counts: { completed: 1, failed: 1, processing: 1, queued: 0, cancelled: 0 },
        }),
      PATIENCE,
    )
    const active = await call('status', { query: { batchId } })
    expect(active.body.pollAfterMs).toBeGreaterThan(0)
    expect(active.body.batch.progress).toBeLessThan(100)

    await call('cancel', { body: { taskId: tasks[2]!.taskId } })
    const over = await call('status', { query: { batchId } })
    expect(over.body.batch).toMatchObject({ status: 'failed', progress: 100, counts: { cancelled: 1 } })
    expect(over.body.pollAfterMs).toBeUndefined()
  })

  it('is cancelled as one, each task with an outcome of its own', async () => {
    const { batchId, tasks } = await createBatch(['completes', 'lasts'])
    const [done, lasting] = tasks.map(({ taskId }) => taskId)
    await until(done!, { status: 'completed' })
    const { status, body } = await call('cancel', { body: { batchId } })
    expect(status).toBe(200)
    expect(new Map(body.outcomes.map(({ taskId, outcome }) => [taskId, outcome]))).toEqual(
      new Map([
        [done, 'over'],
        [lasting, 'cancelled'],
      ]),
    )
  })
}
