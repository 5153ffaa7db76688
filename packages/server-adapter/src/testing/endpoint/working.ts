import { phaseOf } from '@brandkit/core'
import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'
import { PROVIDER, REFUSAL, SECRET } from './endpoint-tasks.js'

export function describeWorking({ call, create, read, until }: EndpointCaller): void {
  it('completes, with its result, its steps and how long it took', async () => {
    const { taskId } = await create()
    const task = await until(taskId, { status: 'completed' })
    expect(task).toMatchObject({ progress: 100, retryCount: 0, result: { pages: 2 } })
    expect(task.steps?.map(({ key, title, status }) => ({ key, title, status }))).toEqual([
      { key: 'draft', title: 'Drafting', status: 'completed' },
      { key: 'print', title: 'Printing', status: 'completed' },
    ])
    expect(task.actualDuration).toBeGreaterThanOrEqual(0)
    expect(Date.parse(task.completedAt!)).toBeGreaterThanOrEqual(Date.parse(task.startedAt!))
  })

  it('shows how far it has come while it lasts', async () => {
    const { taskId } = await create('lasts')
    const task = await until(taskId, { status: 'processing', progress: 25 })
    expect(task.steps?.find(({ key }) => key === 'draft')).toMatchObject({ status: 'completed' })
    expect(task.completedAt).toBeUndefined()
    await call('cancel', { body: { taskId } })
  })

  it('counts the items of a step, and tells neither what they are called nor what came out of them', async () => {
    const input = { type: 'WRITE_LETTERS', brandId: 'aurora', payload: { letters: 3 } }
    const { body } = await call('create', { body: input })
    const task = await until(body.task.taskId, { status: 'completed' })
    expect(task.steps).toMatchObject([{ key: 'letters', status: 'completed', items: { done: 3, total: 3 } }])
    expect(JSON.stringify(task)).not.toContain(SECRET)
  })

  it('says which provider it waits for and until when, to those alone who may see it', async () => {
    const { taskId } = await create('asks')
    const waitingFor = { provider: PROVIDER, until: expect.any(String) as string }
    const task = await until(taskId, { waitingFor })
    // Strictly: how many tokens are reserved is the server's own business.
    expect(task.waitingFor).toEqual(waitingFor)
    expect(phaseOf(task, Date.parse(task.updatedAt))).toBe('throttled')
    const { body: own } = await call('list', { query: { limit: '1' } })
    expect(own.tasks).toMatchObject([{ taskId, waitingFor }])

    const { body: foreign } = await call('list', { user: 'linus', query: { limit: '100' } })
    expect(JSON.stringify(foreign)).not.toContain(PROVIDER)
    await call('cancel', { body: { taskId } })
    expect(await read(taskId)).not.toHaveProperty('waitingFor')
  })

  it('fails at once when it gives up for good, and says why in its own words', async () => {
    const { taskId } = await create('refuses')
    expect(await until(taskId, { status: 'failed' })).toMatchObject({
      errorCode: 'generator_refused',
      lastError: REFUSAL,
      retryCount: 0,
    })
  })

  it('is tried again after an error, as often as it may be', async () => {
    const { taskId } = await create('stumbles')
    expect(await until(taskId, { status: 'completed' })).toMatchObject({ retryCount: 1, result: { pages: 2 } })
  })

  it('fails when no attempt is left, and keeps the words of a stranger to itself', async () => {
    const { taskId } = await create('crashes')
    const task = await until(taskId, { status: 'failed' })
    expect(task).toMatchObject({ errorCode: 'generator_failed', retryCount: 1, maxRetries: 1 })
    expect(JSON.stringify(task)).not.toContain(SECRET)
    expect(task.lastError).toContain('Something went wrong')
  })
}
