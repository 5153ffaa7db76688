import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'
import { REFUSAL } from './endpoint-tasks.js'

export function describeRetrying({ call, create, createBatch, read, until }: EndpointCaller): void {
  it('does the work of a failed task again, as a new task; the old one stays as it ended', async () => {
    const { taskId, payload } = await create('refuses')
    const failed = await until(taskId, { status: 'failed' })
    const { status, headers, body } = await call('retry', { body: { taskId } })
    expect(status).toBe(202)
    expect(body.task).toMatchObject({ retryOf: taskId, payload, userId: 'ada', retryCount: 0 })
    expect(body.task.taskId).not.toBe(taskId)
    expect(headers.get('location')).toContain(`taskId=${body.task.taskId}`)
    expect(await until(body.task.taskId, { status: 'failed' })).toMatchObject({ lastError: REFUSAL })
    expect(await read(taskId)).toEqual(failed)
  })

  it('does that of a cancelled task too', async () => {
    const { taskId } = await create('lasts')
    await call('cancel', { body: { taskId } })
    const { body } = await call('retry', { body: { taskId } })
    expect(body.task).toMatchObject({ retryOf: taskId })
    await call('cancel', { body: { taskId: body.task.taskId } })
  })

  it('goes on from the finished steps, unless it is told to begin at the start', async () => {
    const { taskId } = await create('lasts')
    const { steps } = await until(taskId, { status: 'processing', progress: 25 })
    await call('cancel', { body: { taskId } })
    for (const [from, step, progress] of [
      ['checkpoint', steps?.[0], 25],
      ['start', { key: 'draft', title: 'Drafting', status: 'pending' }, 0],
    ] as const) {
      const { body } = await call('retry', { body: { taskId, from } })
      expect(body.task).toMatchObject({ retryOf: taskId, progress, steps: [step, {}] })
      await call('cancel', { body: { taskId: body.task.taskId } })
    }
  })

  it('does one step of a completed task again, and keeps those before it', async () => {
    const { taskId } = await create()
    const { steps } = await until(taskId, { status: 'completed' })
    const { status, body } = await call('retry', { body: { taskId, from: { step: 'print' } } })
    expect(status).toBe(202)
    expect(body.task).toMatchObject({ retryOf: taskId, progress: 25, steps: [steps?.[0], { status: 'pending' }] })
    const again = await until(body.task.taskId, { status: 'completed' })
    expect(again.steps?.[0]).toEqual(steps?.[0])
    expect(Date.parse(again.steps?.[1]?.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(again.createdAt))
  })

  it('says which steps there are when it is told to begin with another', async () => {
    const { taskId } = await create()
    await until(taskId, { status: 'completed' })
    const { status, body } = await call('retry', { body: { taskId, from: { step: 'bind' } } })
    expect([status, body.code]).toEqual([400, 'invalid_request'])
    expect(body.detail).toContain('draft, print')
  })

  it('gives the same new task, however often it is asked', async () => {
    const { taskId } = await create('refuses')
    await until(taskId, { status: 'failed' })
    const replies = await Promise.all(Array.from({ length: 5 }, () => call('retry', { body: { taskId } })))
    expect(new Set(replies.map(({ body }) => body.task.taskId)).size).toBe(1)
  })

  it('keeps the batch, which then counts the retry in the place of its task', async () => {
    const { batchId, tasks } = await createBatch(['refuses', 'completes'])
    for (const { taskId } of tasks) await until(taskId, {})
    await until(tasks[0]!.taskId, { status: 'failed' })
    const { body } = await call('retry', { body: { taskId: tasks[0]!.taskId } })
    expect(body.task.batchId).toBe(batchId)
    expect((await call('status', { query: { batchId } })).body.batch.total).toBe(2)
  })

  it('refuses a task that is under way, and one that is completed', async () => {
    const [lasting, done] = [await create('lasts'), await create()]
    const retry = (taskId: string) => call('retry', { body: { taskId } })
    expect(await retry(lasting.taskId)).toMatchObject({ status: 409, body: { code: 'task_is_active' } })
    await until(done.taskId, { status: 'completed' })
    expect(await retry(done.taskId)).toMatchObject({ status: 409, body: { code: 'task_is_over' } })
    await call('cancel', { body: { taskId: lasting.taskId } })
  })
}
