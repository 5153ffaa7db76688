import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'
import { reportInput } from './endpoint-tasks.js'

export function describeReading({ call, create, until }: EndpointCaller): void {
  it('says when to ask again while there is something to come, and not afterwards', async () => {
    const later = reportInput('completes', { runAt: new Date(Date.now() + 3_600_000).toISOString() })
    const { body } = await call('create', { body: later })
    const { taskId } = body.task
    const active = await call('status', { query: { taskId } })
    expect(active.body.pollAfterMs).toBeGreaterThan(0)
    expect(Number(active.headers.get('retry-after'))).toBeGreaterThan(0)

    await call('cancel', { body: { taskId } })
    const over = await call('status', { query: { taskId } })
    expect(over.body.pollAfterMs).toBeUndefined()
    expect(over.headers.has('retry-after')).toBe(false)
  })

  it('reads many at once, each once and without its payload, and names those that are missing', async () => {
    const [one, two] = [await create(), await create()]
    const taskIds = [one.taskId, 'nobody', two.taskId, one.taskId].join(',')
    const { body } = await call('status', { query: { taskIds } })
    expect(body.tasks.map(({ taskId }) => taskId).toSorted()).toEqual([one.taskId, two.taskId].toSorted())
    expect(body.missing).toEqual(['nobody'])
    for (const task of body.tasks) expect(task).not.toHaveProperty('payload')
  })

  it('shows versions that grow, from the first to the last', async () => {
    const { taskId, version } = await create()
    const ended = await until(taskId, { status: 'completed' })
    expect(ended.version).toBeGreaterThan(version)
  })
}
