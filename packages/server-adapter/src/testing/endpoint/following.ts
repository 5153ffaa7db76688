import type { TaskJson } from '@brandkit/core'
import { expect, it } from 'vitest'
import type { EndpointCaller } from './endpoint-caller.js'
import { reportInput } from './endpoint-tasks.js'

const after = (...names: (string | number)[]) => reportInput('completes', { after: names })

/** Tasks that wait for others. */
export function describeFollowing({ call, create, read, until }: EndpointCaller): void {
  const follow = (...names: (string | number)[]) => create('completes', { body: after(...names) })
  const together = async (...tasks: object[]): Promise<TaskJson[]> => {
    const reply = await call('create', { body: { tasks } })
    expect(reply).toMatchObject({ status: 202 })
    return reply.body.tasks
  }
  const ended = async (course: 'completes' | 'refuses') => {
    const { taskId } = await create(course)
    await until(taskId, { status: course === 'completes' ? 'completed' : 'failed' })
    return taskId
  }
  const retry = (taskId: string) => call('retry', { body: { taskId } })
  const cancel = (...taskIds: string[]) => call('cancel', { body: { taskIds } })

  it('waits for the tasks that it follows, names them, and expects no end of its own', async () => {
    const first = await create('lasts')
    const done = await ended('completes')
    const task = await follow(first.taskId, first.taskId, done)
    const waitsFor = [{ taskId: first.taskId, title: first.title }]
    expect(task).toMatchObject({ status: 'queued', waitsFor })
    const { body } = await call('status', { query: { taskId: task.taskId } })
    expect(body).toMatchObject({ task: { status: 'queued', waitsFor }, pollAfterMs: expect.any(Number) as number })
    expect(body.hints?.[task.taskId]).toBeUndefined()
    const { body: listed } = await call('list', { query: { limit: '1' } })
    expect(listed.tasks).toMatchObject([{ taskId: task.taskId, waitsFor }])

    await cancel(task.taskId)
    expect(await read(task.taskId)).not.toHaveProperty('waitsFor')
    await cancel(first.taskId)
  })

  it('starts when all of them have completed, also those of its own batch', async () => {
    const [first, second, task] = await together(reportInput(), reportInput('stumbles'), after(0, 1))
    expect(task?.waitsFor?.map(({ taskId }) => taskId)).toEqual([first?.taskId, second?.taskId])
    const { startedAt = '' } = await until(task!.taskId, { status: 'completed' })
    for (const { taskId } of [first!, second!])
      expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(Date.parse((await read(taskId)).completedAt ?? 'never'))
    expect(await until((await follow(first!.taskId)).taskId, { status: 'completed' })).not.toHaveProperty('waitsFor')
  })

  it('fails in plain words when one of them does not complete, and so do those behind it', async () => {
    const lasting = await create('lasts')
    const behindLasting = await follow(lasting.taskId)
    await cancel(lasting.taskId)
    const [, next, last] = await together(reportInput('refuses'), after(0), after(1))
    for (const { taskId } of [behindLasting, next!, last!]) {
      expect(await until(taskId, { status: 'failed' })).toMatchObject({
        errorCode: 'dependency_failed',
        lastError: '“Report: May” was needed first, and did not complete.',
      })
    }
  })

  it('refuses to follow what has failed, and what was emptied', async () => {
    const emptied = await ended('completes')
    await call('delete', { body: { taskId: emptied } })
    for (const taskId of [await ended('refuses'), emptied]) {
      const { status, body } = await call('create', { body: after(taskId) })
      expect([status, body.code]).toEqual([409, 'dependency_failed'])
      expect(body.detail).toContain('Start that one again')
    }
  })

  it('takes somebody else’s task for one that does not exist, and tells nothing of it', async () => {
    const { taskId } = await create('lasts')
    const unknown = crypto.randomUUID()
    const [foreign, missing] = await Promise.all(
      [taskId, unknown].map((id) => call('create', { user: 'linus', body: after(id) })),
    )
    expect(foreign).toMatchObject({
      status: 422,
      body: { code: 'invalid_payload', issues: [{ path: ['after', 0], message: 'There is no such task.' }] },
    })
    expect(foreign?.body.detail.replace(taskId, unknown)).toBe(missing?.body.detail)
    await cancel(taskId)
  })

  it('follows only tasks of its brand, and only those that stand before it in the batch', async () => {
    const elsewhere = await create('lasts', { body: reportInput('lasts', { brandId: 'borealis' }) })
    const refused = [
      after(elsewhere.taskId),
      after(0),
      { tasks: [after(0)] },
      { tasks: [after(1), reportInput()] },
      { tasks: [reportInput(), after(0, 7)] },
    ]
    for (const body of refused)
      expect(await call('create', { body })).toMatchObject({ status: 422, body: { code: 'invalid_payload' } })
    await cancel(elsewhere.taskId)
  })

  it('follows at least one task, and at most 20', async () => {
    for (const count of [0, 21]) {
      const body = after(...Array.from({ length: count }, () => crypto.randomUUID()))
      expect(await call('create', { body })).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    }
  })

  it('is made once under one key, also when what it follows has ended since', async () => {
    const first = await create('lasts')
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const task = await create('completes', { body: after(first.taskId), headers })
    await cancel(first.taskId)
    expect((await create('completes', { body: after(first.taskId), headers })).taskId).toBe(task.taskId)
  })

  it('is cancelled together with what it waits for', async () => {
    const [first, task] = await together(reportInput('lasts'), after(0))
    const { body } = await call('cancel', { body: { batchId: first!.batchId } })
    expect(body.outcomes.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled'])
    expect((await read(task!.taskId)).status).toBe('cancelled')
  })

  it('is tried again behind the latest retry of what did not complete', async () => {
    const first = await create('lasts')
    const task = await follow(first.taskId)
    await cancel(first.taskId)
    await until(task.taskId, { status: 'failed' })
    expect(await retry(task.taskId)).toMatchObject({
      status: 409,
      body: { code: 'dependency_failed', taskId: first.taskId },
    })
    const again = (await retry(first.taskId)).body.task
    const { status, body } = await retry(task.taskId)
    expect(status).toBe(202)
    expect(body.task).toMatchObject({ retryOf: task.taskId, waitsFor: [{ taskId: again.taskId }] })
    expect((await retry(task.taskId)).body.task.taskId).toBe(body.task.taskId)
    await cancel(body.task.taskId, again.taskId)
  })

  it('is tried again together with what it waits for', async () => {
    const tags = [crypto.randomUUID()]
    const [first] = await together({ ...reportInput('lasts'), tags }, { ...after(0), tags })
    await call('cancel', { body: { batchId: first!.batchId } })
    const { body } = await call('retry', { body: { filter: { tags } } })
    expect(body).toMatchObject({ matched: 2, done: 2 })
    await call('cancel', { body: { filter: { tags } } })
  })
}
