import { expect, it } from 'vitest'
import type { AuditQuery } from '../../store/audit.js'
import type { TaskStore } from '../../store/task-store.js'
import { createOne, findOne, FULL_PASS, newTask, ownerOf, times } from './new-task.js'

const newTenant = () => `tenant-${crypto.randomUUID()}`

export function describeAuditing(store: () => TaskStore): void {
  const read = (query: Partial<AuditQuery>) => store().audit({ limit: 100, ...query })
  const ids = async (query: Partial<AuditQuery>) => (await read(query)).entries.map(({ taskId }) => taskId)

  it('says who cancelled a task and who deleted it, in the task and in the audit', async () => {
    const input = await createOne(store(), { tenantId: newTenant() })
    const { taskId, tenantId, userId } = input
    expect(await store().cancel(taskId, ownerOf(input), { by: 'grace' })).toMatchObject({ cancelledBy: 'grace' })
    expect((await findOne(store(), input)).cancelledBy).toBe('grace')
    expect((await store().list({ limit: 1 }, ownerOf(input))).tasks).toMatchObject([{ taskId, cancelledBy: 'grace' }])
    await store().delete(taskId, ownerOf(input), { by: 'hedy' })

    const { entries, nextCursor } = await read({ tenantId })
    expect(nextCursor).toBeNull()
    const ofStore = { entryId: expect.any(String) as string, at: expect.any(String) as string, userId, taskId }
    expect(entries).toEqual([
      { ...ofStore, action: 'delete', by: 'hedy' },
      { ...ofStore, action: 'cancel', by: 'grace' },
    ])
    for (const { at } of entries) expect(new Date(at).toISOString()).toBe(at)
  })

  it('has one entry for an act, however often it is asked for, and none for what changed nothing', async () => {
    const input = await createOne(store(), { tenantId: newTenant() })
    const { taskId, tenantId } = input
    await store().delete(taskId, ownerOf(input), { by: 'grace' })
    await store().cancel(taskId, { ...ownerOf(input), userId: 'eve' }, { by: 'eve' })
    await Promise.all(times(5, () => store().cancel(taskId, ownerOf(input), { by: 'grace' })))
    await Promise.all(times(5, () => store().delete(taskId, ownerOf(input), { by: 'grace' })))
    expect((await read({ tenantId })).entries.map(({ action }) => action)).toEqual(['delete', 'cancel'])
  })

  it('has no entry of an act without a name', async () => {
    const input = await createOne(store(), { tenantId: newTenant() })
    expect(await store().cancel(input.taskId, ownerOf(input))).not.toHaveProperty('cancelledBy')
    await store().delete(input.taskId, ownerOf(input))
    expect((await read({ tenantId: input.tenantId })).entries).toEqual([])
  })

  it('has an entry for a retry, and none for any other create', async () => {
    const tenantId = newTenant()
    const input = await createOne(store(), { tenantId, createdBy: 'grace' })
    const { userId } = input
    const retry = newTask({ tenantId, userId, createdBy: 'grace', retryOf: input.taskId })
    await store().create({ tasks: [retry] })
    expect((await read({ tenantId })).entries).toMatchObject([
      { action: 'retry', by: 'grace', userId, taskId: retry.taskId },
    ])
  })

  it('keeps tenants apart, and narrows by person, owner, task and act', async () => {
    const [ours, theirs] = [newTenant(), newTenant()]
    const inputs = [
      await createOne(store(), { tenantId: ours, userId: 'ada' }),
      await createOne(store(), { tenantId: ours, userId: 'linus' }),
      await createOne(store(), { tenantId: theirs, userId: 'ada' }),
    ] as const
    for (const input of inputs) await store().cancel(input.taskId, ownerOf(input), { by: `boss of ${input.userId}` })
    await store().delete(inputs[0].taskId, ownerOf(inputs[0]), { by: 'ada' })

    const [first, second, third] = inputs.map(({ taskId }) => taskId)
    expect(await ids({ tenantId: ours })).toEqual([first, second, first])
    expect(await ids({ tenantId: theirs })).toEqual([third])
    expect(await ids({ tenantId: ours, by: 'boss of ada' })).toEqual([first])
    expect(await ids({ tenantId: ours, userId: 'linus' })).toEqual([second])
    expect(await ids({ tenantId: ours, act: 'delete' })).toEqual([first])
    expect(await ids({ taskId: third })).toEqual([third])
  })

  it('pages from the newest to the oldest', async () => {
    const tenantId = newTenant()
    for (let index = 0; index < 7; index += 1) {
      const input = await createOne(store(), { tenantId })
      await store().cancel(input.taskId, ownerOf(input), { by: String(index) })
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await read({ tenantId, limit: 3, cursor })
      seen.push(...page.entries.map(({ by }) => by))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(['6', '5', '4', '3', '2', '1', '0'])
    await expect(read({ tenantId, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_request' })
  })

  it('records what server code did without changing a task', async () => {
    const tenantId = newTenant()
    const record = { tenantId, action: 'export', by: 'support', userId: 'ada', count: 3 } as const
    const { entries } = await read({ tenantId, record })
    expect(entries).toMatchObject([{ action: 'export', by: 'support', userId: 'ada', count: 3 }])
    expect(entries[0]).not.toHaveProperty('taskId')
  })

  it('forgets entries after their time, and keeps them until then', async () => {
    const tenantId = newTenant()
    await read({ tenantId, record: { tenantId, action: 'export', by: 'support', userId: 'ada' } })
    const pass = (auditMs: number) => store().maintain({ ...FULL_PASS, retention: { ...FULL_PASS.retention, auditMs } })
    await pass(3_600_000)
    await store().maintain(FULL_PASS)
    expect((await read({ tenantId })).entries).toHaveLength(1)
    await pass(0)
    expect((await read({ tenantId })).entries).toEqual([])
  })
}
