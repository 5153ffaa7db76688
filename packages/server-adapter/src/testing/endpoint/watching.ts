import { expect, it, onTestFinished, vi } from 'vitest'
import { type FollowedEvents, followEvents } from '../follow-events.js'
import { type CallOptions, type EndpointCaller, PATIENCE } from './endpoint-caller.js'

const named = ({ events }: FollowedEvents) => events.map(({ event }) => event)

export function describeWatching({ call, create, createBatch, read, send }: EndpointCaller): void {
  async function follow(options: CallOptions = {}): Promise<FollowedEvents> {
    const followed = followEvents(await send('events', options))
    onTestFinished(() => followed.close())
    return followed
  }

  it('begins with a snapshot, then sends each task on its way to the end, never backward and without payloads', async () => {
    const before = await create('lasts')
    const followed = await follow()
    expect(followed.status).toBe(200)
    expect(followed.headers.get('content-type')).toMatch(/^text\/event-stream/)
    await vi.waitFor(() => expect(followed.view.has(before.taskId)).toBe(true), PATIENCE)
    expect(named(followed)[0]).toBe('snapshot')

    const after = await create()
    await call('cancel', { body: { taskId: before.taskId } })
    // `followEvents` throws when a version goes backward.
    await vi.waitFor(() => {
      expect(followed.view.get(before.taskId)?.status).toBe('cancelled')
      expect(followed.view.get(after.taskId)?.status).toBe('completed')
    }, PATIENCE)
    const { payload, ...task } = await read(after.taskId)
    expect(payload).toBeDefined()
    expect(followed.view.get(after.taskId)).toEqual(task)
  })

  it('has what ended lately in the snapshot', async () => {
    const { taskId } = await create('lasts')
    await call('cancel', { body: { taskId } })
    const followed = await follow()
    await vi.waitFor(() => expect(followed.view.get(taskId)?.status).toBe('cancelled'), PATIENCE)
  })

  it('has the result at the end, and in no snapshot', async () => {
    const watching = await follow()
    await vi.waitFor(() => expect(named(watching)).toContain('snapshot'), PATIENCE)
    const { taskId } = await create()
    await vi.waitFor(() => expect(watching.view.get(taskId)?.status).toBe('completed'), PATIENCE)
    expect(watching.view.get(taskId)).toHaveProperty('result')

    const late = await follow()
    await vi.waitFor(() => expect(late.view.get(taskId)?.status).toBe('completed'), PATIENCE)
    expect(late.view.get(taskId)).toHaveProperty('isSummary', true)
    expect(late.view.get(taskId)).not.toHaveProperty('result')
  })

  it('shows nobody the tasks of another', async () => {
    const followed = await follow({ user: 'linus' })
    const foreign = await create()
    const own = await create('completes', { user: 'linus' })
    await vi.waitFor(() => expect(followed.view.get(own.taskId)?.status).toBe('completed'), PATIENCE)
    expect(followed.view.has(foreign.taskId)).toBe(false)
    expect([...followed.view.values()].filter(({ userId }) => userId !== 'linus')).toEqual([])
  })

  it('of one batch shows that alone and ends with it', async () => {
    const { batchId, tasks } = await createBatch(['completes', 'lasts'])
    const followed = await follow({ query: { batchId } })
    await create()
    await vi.waitFor(() => expect(followed.view.size).toBe(2), PATIENCE)
    await call('cancel', { body: { batchId } })
    await followed.ended
    expect(named(followed).at(-1)).toBe('end')
    expect([...followed.view.keys()].toSorted()).toEqual(tasks.map(({ taskId }) => taskId).toSorted())
  })

  it('of a foreign batch is refused as that of an unknown one', async () => {
    const { batchId } = await createBatch(['completes'])
    const foreign = await call('events', { user: 'linus', query: { batchId } })
    const unknown = await call('events', { user: 'linus', query: { batchId: 'nobody' } })
    expect(foreign.status).toBe(404)
    expect(foreign.body.detail).toBe(unknown.body.detail)
  })

  it('may be left and taken up again, as often as one likes', async () => {
    const { taskId } = await create('lasts')
    for (let time = 0; time < 20; time++) {
      const followed = await follow()
      await vi.waitFor(() => expect(followed.view.has(taskId)).toBe(true), PATIENCE)
      await followed.close()
    }
    await call('cancel', { body: { taskId } })
    expect(await read(taskId)).toMatchObject({ status: 'cancelled' })
  })
}
