import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'

export function describeCancelling({ call, create, until, read }: EndpointCaller): void {
  it('ends a task that is under way, at once and for good', async () => {
    const { taskId } = await create('lasts')
    await until(taskId, { status: 'processing' })
    const { status, body } = await call('cancel', { body: { taskId } })
    expect(status).toBe(200)
    expect(body.task).toMatchObject({ taskId, status: 'cancelled' })
    expect(await read(taskId)).toEqual(body.task)
  })

  it('ends a task that waits', async () => {
    const runAt = new Date(Date.now() + 3_600_000).toISOString()
    const { body } = await call('create', {
      body: { type: 'WRITE_REPORT', brandId: 'aurora', payload: { name: 'Later' }, runAt },
    })
    const { taskId } = body.task
    expect((await call('cancel', { body: { taskId } })).body.task).toMatchObject({ status: 'cancelled' })
  })

  it('gives the same answer when asked twice', async () => {
    const { taskId } = await create('lasts')
    const first = await call('cancel', { body: { taskId } })
    const second = await call('cancel', { body: { taskId } })
    expect(second).toMatchObject({ status: 200, body: first.body })
  })

  it('refuses a task that has ended otherwise', async () => {
    const { taskId } = await create()
    await until(taskId, { status: 'completed' })
    expect(await call('cancel', { body: { taskId } })).toMatchObject({ status: 409, body: { code: 'task_is_over' } })
  })

  it('says of each of several what has become of it, in the order asked for', async () => {
    const [done, lasting] = [await create(), await create('lasts')]
    await until(done.taskId, { status: 'completed' })
    const { status, body } = await call('cancel', { body: { taskIds: [lasting.taskId, 'nobody', done.taskId] } })
    expect(status).toBe(200)
    expect(body.outcomes).toEqual([
      { taskId: lasting.taskId, outcome: 'cancelled' },
      { taskId: 'nobody', outcome: 'missing' },
      { taskId: done.taskId, outcome: 'over' },
    ])
  })
}
