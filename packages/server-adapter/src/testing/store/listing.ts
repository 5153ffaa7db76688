import { expect, it } from 'vitest'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, newTask, ownerOf, times } from './new-task.js'

export function describeListing(store: () => TaskStore): void {
  it('pages through everything once, newest first, without payloads', async () => {
    const userId = `user-${crypto.randomUUID()}`
    const inputs = times(23, () => newTask({ userId }))
    // Some tasks share their creation time, so that the id must decide their order.
    await store().create({ tasks: inputs.slice(0, 10) })
    for (const input of inputs.slice(10)) await store().create({ tasks: [input] })

    const scope = { reach: 'own', tenantId: 'acme', userId, brandIds: '*' } as const
    const seen = []
    let cursor: string | undefined
    do {
      const page = await store().list({ limit: 5, cursor }, scope)
      seen.push(...page.tasks)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)

    expect(seen.map(({ taskId }) => taskId).toSorted()).toEqual(inputs.map(({ taskId }) => taskId).toSorted())
    expect(seen.map(({ createdAt }) => createdAt)).toEqual(
      seen
        .map(({ createdAt }) => createdAt)
        .toSorted()
        .toReversed(),
    )
    expect(seen.every((task) => !('payload' in task))).toBe(true)
  })

  it('says that there is nothing more on a last page that is full', async () => {
    const input = await createOne(store())
    expect((await store().list({ limit: 1 }, ownerOf(input))).nextCursor).toBeNull()
  })

  it('filters by brand, type, status, batch and time of the end', async () => {
    const userId = `user-${crypto.randomUUID()}`
    const scope = { reach: 'own', tenantId: 'acme', userId, brandIds: '*' } as const
    const done = await createOne(store(), { userId, brandId: 'borealis', type: 'GENERATE_MEDIA_PLAN', batchId: 'b1' })
    const { lease } = await claimOne(store(), done)
    const { completedAt } = await store().settle(lease, { status: 'completed', result: { ok: true } })
    const open = await createOne(store(), { userId, type: 'GENERATE_TRENDS' })

    const ids = async (filter: object) =>
      (await store().list({ limit: 10, ...filter }, scope)).tasks.map(({ taskId }) => taskId)
    expect(await ids({ brandId: 'borealis' })).toEqual([done.taskId])
    expect(await ids({ type: 'GENERATE_TRENDS' })).toEqual([open.taskId])
    expect(await ids({ status: ['completed', 'failed'] })).toEqual([done.taskId])
    expect(await ids({ status: [] })).toEqual([])
    expect(await ids({ batchId: 'b1' })).toEqual([done.taskId])
    expect(await ids({ endedAfter: new Date(Date.parse(completedAt ?? '') - 1_000).toISOString() })).toEqual([
      done.taskId,
    ])
    expect(await ids({ endedAfter: new Date(Date.parse(completedAt ?? '') + 1_000).toISOString() })).toEqual([])
  })

  it('lists the tasks of one user to a caller who may see others', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const [ada] = [await createOne(store(), { tenantId, userId: 'ada' }), await createOne(store(), { tenantId })]
    const { tasks } = await store().list({ userId: 'ada', limit: 10 }, { reach: 'tenant', tenantId })
    expect(tasks.map(({ taskId }) => taskId)).toEqual([ada.taskId])
    const own = { ...ownerOf(ada), userId: 'grace' }
    expect((await store().list({ userId: 'ada', limit: 10 }, own)).tasks).toEqual([])
  })

  it('lists no results, and partial results only of what is under way', async () => {
    const userId = `user-${crypto.randomUUID()}`
    const [running, completed, failed] = [
      await createOne(store(), { userId }),
      await createOne(store(), { userId }),
      await createOne(store(), { userId }),
    ]
    const leases = await Promise.all([running, completed, failed].map(async (input) => claimOne(store(), input)))
    for (const { lease } of leases) await store().report(lease, { partialResult: { so: 'far' } })
    await store().settle(leases[1]!.lease, { status: 'completed', result: { ok: true } })
    const end = { status: 'failed', errorCode: 'generator_refused', lastError: 'No.' } as const
    await store().settle(leases[2]!.lease, end)

    const { tasks } = await store().list({ limit: 10 }, ownerOf(running))
    const ids = [running, completed, failed].map(({ taskId }) => taskId)
    const content = ids.map((id) => {
      const task = tasks.find(({ taskId }) => taskId === id)
      return [task?.status, task && 'result' in task, task?.partialResult]
    })
    expect(content).toEqual([
      ['processing', false, { so: 'far' }],
      ['completed', false, undefined],
      ['failed', false, undefined],
    ])
    const found = await store().find(ids, ownerOf(running), { without: 'payload' })
    expect(found.find(({ taskId }) => taskId === ids[1])?.result).toEqual({ ok: true })
    expect(found.find(({ taskId }) => taskId === ids[2])?.partialResult).toEqual({ so: 'far' })
  })

  it.each([
    '',
    'x',
    'bnVsbA',
    btoa('[1,2]'),
    btoa('["1","2"]'),
    btoa('[1e400,"a"]'),
    btoa('[-1,"a"]'),
    btoa('{}'),
    btoa('[1,"a"'),
  ])('refuses a cursor that was tampered with: %j', async (cursor) => {
    await expect(store().list({ limit: 1, cursor }, { reach: 'tenant', tenantId: 'acme' })).rejects.toMatchObject({
      code: 'invalid_request',
    })
  })

  it("shows nothing of another user, whoever's cursor it is", async () => {
    const ada = newTask()
    await store().create({ tasks: [ada, newTask({ userId: ada.userId })] })
    const eve = await createOne(store())
    const { nextCursor } = await store().list({ limit: 1 }, ownerOf(ada))
    const page = await store().list({ limit: 10, cursor: nextCursor ?? undefined }, ownerOf(eve))
    expect(page.tasks.every(({ userId }) => userId === eve.userId)).toBe(true)
  })

  it('finds by id only what the scope may see', async () => {
    const input = await createOne(store(), { brandId: 'aurora' })
    const owner = ownerOf(input)
    const matrix = [
      { scope: owner, sees: 1 },
      { scope: { ...owner, brandIds: ['aurora', 'borealis'] }, sees: 1 },
      { scope: { reach: 'tenant', tenantId: 'acme' } as const, sees: 1 },
      { scope: { ...owner, brandIds: ['borealis'] }, sees: 0 },
      { scope: { ...owner, brandIds: [] }, sees: 0 },
      { scope: { ...owner, userId: 'eve' }, sees: 0 },
      { scope: { ...owner, tenantId: 'globex' }, sees: 0 },
      { scope: { reach: 'tenant', tenantId: 'globex' } as const, sees: 0 },
    ]
    for (const { scope, sees } of matrix) {
      expect(await store().find([input.taskId, input.taskId, 'nope', '\u0000', "'"], scope)).toHaveLength(sees)
      expect(
        (await store().list({ limit: 100, batchId: input.batchId }, scope)).tasks.filter(
          ({ taskId }) => taskId === input.taskId,
        ),
      ).toHaveLength(sees)
    }
    expect(await store().find([], owner)).toEqual([])
  })

  it('finds for each of many readers at once what its own scope may see, as objects of its own', async () => {
    const [ada, eve] = [await createOne(store()), await createOne(store(), { userId: 'eve' })]
    const taskIds = [ada.taskId, eve.taskId]
    const readers = [ada, eve, { ...ada, tenantId: 'globex' }, ada].map(ownerOf)
    const found = await Promise.all(readers.map((reader) => store().find(taskIds, reader)))
    expect(found.map((tasks) => tasks.map(({ taskId }) => taskId))).toEqual([
      [ada.taskId],
      [eve.taskId],
      [],
      [ada.taskId],
    ])
    expect(found[0]).toEqual(found[3])
    expect(found[0]?.[0]?.payload).not.toBe(found[3]?.[0]?.payload)
  })

  it('leaves payloads in the store when told so', async () => {
    const input = await createOne(store())
    const [found] = await store().find([input.taskId], ownerOf(input), { without: 'payload' })
    const { payload: _, ...rest } = (await store().find([input.taskId], ownerOf(input)))[0] ?? {}
    expect(found).toEqual(rest)
  })

  it('counts by status, for a tenant or for all', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    await createOne(store(), { tenantId })
    await createOne(store(), { tenantId, runAt: new Date(Date.now() + 3_600_000).toISOString() })
    await claimOne(store(), await createOne(store(), { tenantId }))
    const gone = await createOne(store(), { tenantId })
    await store().cancel(gone.taskId, ownerOf(gone))
    expect(await store().stats(tenantId)).toEqual({
      queued: 2,
      due: 1,
      processing: 1,
      completed: 0,
      failed: 0,
      cancelled: 1,
      endedPerMinute: 0.2,
    })
    expect((await store().stats()).queued).toBeGreaterThanOrEqual(2)
  })
}
