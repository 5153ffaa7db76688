import { ACTIONS } from '@brandkit/core'
import { PROTOCOL } from '@brandkit/core/schemas'
import { expect, it, vi } from 'vitest'
import { type EndpointCaller, PATIENCE } from './endpoint-caller.js'
import { DESK, REFUSAL } from './endpoint-tasks.js'

export function describeOperating({ send, call, create, read, until }: EndpointCaller): void {
  async function ids(user: 'grace' | 'ada', userId: string) {
    const { body } = await call('list', { user, query: { userId } })
    return (body.tasks as { taskId: string }[]).map((task) => task.taskId)
  }

  it('counts the tasks of the tenant for its operators', async () => {
    const { taskId } = await create()
    await until(taskId, { status: 'completed' })
    const { status, body } = await call('stats', { user: 'grace' })
    expect(status).toBe(200)
    const stats = PROTOCOL.stats.response.parse(body)
    expect(stats.completed).toBeGreaterThan(0)
    expect(stats.durations['WRITE_REPORT']?.count).toBeGreaterThan(0)
  })

  it('counts what ended by time, when a span is named', async () => {
    const { taskId } = await create()
    await until(taskId, { status: 'completed' })
    const { body } = await call('stats', { user: 'grace', query: { throughput: 'week' } })
    const { throughput } = PROTOCOL.stats.response.parse(body)
    expect(throughput?.completed.at(-1)).toBeGreaterThan(0)
    expect((await call('stats', { user: 'grace' })).body).not.toHaveProperty('throughput')
    expect(await call('stats', { user: 'grace', query: { throughput: 'year' } })).toMatchObject({ status: 400 })
  })

  it('lists the tasks of one user to operators, and nothing more to others', async () => {
    const { taskId } = await create()
    expect(await ids('grace', 'ada')).toContain(taskId)
    expect(await ids('grace', 'linus')).not.toContain(taskId)
    expect(await ids('ada', 'ada')).toContain(taskId)
    expect(await ids('ada', 'grace')).toEqual([])
  })

  it('names the notices that were given up to its operators, each with the reason', async () => {
    const { taskId } = await create()
    const notice = await vi.waitFor(async () => {
      const { body } = await call('stats', { user: 'grace' })
      const { notices } = PROTOCOL.stats.response.parse(body)
      expect(notices?.dead).toBeGreaterThan(0)
      const found = notices?.latestDead.find((dead) => dead.taskId === taskId)
      expect(found).toBeDefined()
      return found
    }, PATIENCE)
    expect(notice).toMatchObject({ target: DESK, attempts: 1, reason: expect.stringContaining(REFUSAL) as string })
  })

  it('tells nobody else', async () => {
    expect(await call('stats')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await call('stats', { user: null })).toMatchObject({ status: 401 })
  })

  it('tells operators who did what, newest first, page by page', async () => {
    const { taskId } = await create('lasts')
    await call('cancel', { user: 'grace', body: { taskId } })
    expect(await read(taskId)).toMatchObject({ status: 'cancelled', cancelledBy: 'grace' })
    const { body } = await call('retry', { body: { taskId } })
    await call('cancel', { body: { taskId: body.task.taskId } })
    await call('delete', { body: { taskId } })

    const audit = async (query: Record<string, string>) => {
      const reply = await call('audit', { user: 'grace', query })
      return PROTOCOL.audit.response.parse(reply.body)
    }
    const first = await audit({ taskId, limit: '1' })
    expect(first.entries).toMatchObject([{ action: 'delete', by: 'ada', userId: 'ada', taskId }])
    const second = await audit({ taskId, limit: '1', cursor: String(first.nextCursor) })
    expect(second).toMatchObject({ entries: [{ action: 'cancel', by: 'grace', userId: 'ada' }], nextCursor: null })
    expect((await audit({ taskId: body.task.taskId, act: 'retry' })).entries).toMatchObject([{ by: 'ada' }])
    expect(await call('audit', { user: 'grace', query: { act: 'create' } })).toMatchObject({ status: 400 })
  })

  it('tells the audit to nobody else', async () => {
    for (const user of ['ada', 'hedy'] as const)
      expect(await call('audit', { user })).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await call('audit', { user: null })).toMatchObject({ status: 401 })
  })

  it('describes itself to anybody, with every action', async () => {
    const response = await send('openapi', { user: null })
    expect(response.status).toBe(200)
    const document = (await response.json()) as { openapi: string; paths: object }
    expect(document.openapi).toMatch(/^3\.1\./)
    const text = JSON.stringify(document.paths)
    for (const action of Object.keys(ACTIONS)) expect(text).toContain(action)
  })
}
