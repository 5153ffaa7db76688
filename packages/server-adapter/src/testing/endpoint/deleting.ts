import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'

export function describeDeleting({ call, create, until }: EndpointCaller): void {
  it('empties a task that has ended; its id is then gone, and for others it never was', async () => {
    const { taskId } = await create()
    await until(taskId, { status: 'completed' })
    expect(await call('delete', { body: { taskId } })).toMatchObject({ status: 200, body: { taskId } })

    const read = (user: 'ada' | 'linus') => call('status', { user, query: { taskId } })
    expect(await read('ada')).toMatchObject({ status: 410, body: { code: 'task_gone' } })
    expect(await read('linus')).toMatchObject({ status: 404, body: { code: 'task_not_found' } })
  })

  it('refuses a task that is under way', async () => {
    const { taskId } = await create('lasts')
    expect(await call('delete', { body: { taskId } })).toMatchObject({
      status: 409,
      body: { code: 'task_is_active' },
    })
    await call('cancel', { body: { taskId } })
  })
}
