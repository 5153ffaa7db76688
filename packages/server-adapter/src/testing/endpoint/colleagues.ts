import { expect, it, onTestFinished, vi } from 'vitest'
import { followEvents } from '../follow-events.js'
import { type EndpointCaller, PATIENCE } from './endpoint-caller.js'
import { reportInput } from './endpoint-tasks.js'

const ELSEWHERE = { brandId: 'borealis' }

/** Hedy reaches the tasks of her brand, aurora. Ada reaches her own, in aurora and in borealis. */
export function describeColleagues({ call, send, create, createBatch, until, read }: EndpointCaller): void {
  it('read, list and cancel the tasks of their brand', async () => {
    const { batchId, tasks } = await createBatch(['lasts'])
    const { taskId } = tasks[0]!
    const asked = { user: 'hedy', query: { taskId } } as const
    expect(await call('status', asked)).toMatchObject({ status: 200, body: { task: { taskId, userId: 'ada' } } })
    const listed = await call('list', { user: 'hedy', query: { batchId } })
    expect(listed.body.tasks.map((task) => task.taskId)).toEqual([taskId])
    expect(await call('cancel', { user: 'hedy', body: { taskId } })).toMatchObject({
      status: 200,
      body: { task: { taskId, status: 'cancelled' } },
    })
    expect((await read(taskId)).status).toBe('cancelled')
  })

  it('never see the tasks of another brand, which answer as unknown ones do', async () => {
    const { taskId } = await create('lasts', { body: reportInput('lasts', ELSEWHERE) })
    expect(await call('status', { user: 'hedy', query: { taskId } })).toMatchObject({ status: 404 })
    expect(await call('cancel', { user: 'hedy', body: { taskId } })).toMatchObject({
      status: 404,
      body: { code: 'task_not_found' },
    })
    const { body } = await call('list', { user: 'hedy', query: { limit: '100' } })
    expect(body.tasks.filter(({ brandId }) => brandId !== 'aurora')).toEqual([])
    expect((await read(taskId)).status).not.toBe('cancelled')
    await call('cancel', { body: { taskId } })
  })

  it('repeat a task for its owner, and the new task says who asked', async () => {
    const { taskId } = await create('refuses')
    await until(taskId, { status: 'failed' })
    const { status, body } = await call('retry', { user: 'hedy', body: { taskId } })
    expect(status).toBe(202)
    expect(body.task).toMatchObject({ retryOf: taskId, userId: 'ada', createdBy: 'hedy' })
    expect((await call('retry', { body: { taskId } })).body.task.taskId).toBe(body.task.taskId)
  })

  it('are told that they may not do what the policy keeps to the owner', async () => {
    const { taskId } = await create()
    await until(taskId, { status: 'completed' })
    const { status, body } = await call('delete', { user: 'hedy', body: { taskId } })
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'forbidden' })
    expect(body.detail).toMatch(/may not delete it/)
    expect((await read(taskId)).status).toBe('completed')
  })

  it('hear of the tasks of their brand by events, and of no others', async () => {
    const followed = followEvents(await send('events', { user: 'hedy' }))
    onTestFinished(() => followed.close())
    await vi.waitFor(() => expect(followed.events.length).toBeGreaterThan(0), PATIENCE)
    const elsewhere = await create('completes', { body: reportInput('completes', ELSEWHERE) })
    await until(elsewhere.taskId, { status: 'completed' })
    const { taskId } = await create()
    await vi.waitFor(() => expect(followed.view.get(taskId)).toMatchObject({ status: 'completed' }), PATIENCE)
    expect([...followed.view.values()].filter(({ brandId }) => brandId !== 'aurora')).toEqual([])
  })

  it('have nothing of theirs shown in turn to somebody who only reaches their own tasks', async () => {
    const { taskId } = await create('completes', { user: 'hedy' })
    expect(await call('status', { query: { taskId } })).toMatchObject({ status: 404 })
  })
}
