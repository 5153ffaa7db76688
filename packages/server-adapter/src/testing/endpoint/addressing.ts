import { expect, it, onTestFinished, vi } from 'vitest'
import type { OpenEndpoint } from './endpoint-caller.js'
import { followEvents } from '../follow-events.js'
import { createEndpointCaller, PATIENCE } from './endpoint-caller.js'

/** Parameters that gateways add to every address (Vercel's deployment protection, an API key), one of them twice. */
const ADDED = '?x-vercel-protection-bypass=k&key=1&key=2'

export function describeAddressing(endpoint: () => OpenEndpoint): void {
  const { call, create, read, send } = createEndpointCaller(() => ({ ...endpoint(), url: endpoint().url + ADDED }))

  it('may have a query of its own, for a gateway: every action works with it', async () => {
    const { taskId } = await create('lasts')
    expect(await read(taskId)).toMatchObject({ taskId })
    expect(await call('status', { query: { taskIds: `${taskId},nobody` } })).toMatchObject({
      status: 200,
      body: { missing: ['nobody'] },
    })
    expect((await call('list', { query: { limit: '1' } })).body.tasks).toHaveLength(1)

    const followed = followEvents(await send('events', {}))
    onTestFinished(() => followed.close())
    await vi.waitFor(() => expect(followed.view.has(taskId)).toBe(true), PATIENCE)

    expect(await call('cancel', { body: { taskId } })).toMatchObject({ status: 200 })
    expect(await call('retry', { body: { taskId } })).toMatchObject({ status: 202 })
    expect(await call('delete', { body: { taskId } })).toMatchObject({ status: 200 })
  })

  it('with such a query refuses what it refuses without', async () => {
    expect(await call('list', { query: { limit: '-1' } })).toMatchObject({ status: 400 })
    expect(await call('status')).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect(await call('list', { user: null })).toMatchObject({ status: 401 })
  })
}
