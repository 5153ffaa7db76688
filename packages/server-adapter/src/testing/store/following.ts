import { expect, it } from 'vitest'
import type { NewStoredTask, TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, FULL_PASS, KNOWN_TYPES, newTask, ownerOf, times } from './new-task.js'

/** Tasks that start when others have completed. */
export function describeFollowing(store: () => TaskStore): void {
  const refuse = { status: 'failed', errorCode: 'generator_refused', lastError: 'No.' } as const
  const claim = (taskId: string) => store().claim({ taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000 })

  function follow(earlier: readonly NewStoredTask[], overrides: Partial<NewStoredTask> = {}): Promise<NewStoredTask> {
    const userId = earlier[0]?.userId ?? 'nobody'
    return createOne(store(), { userId, after: earlier.map(({ taskId, title }) => ({ taskId, title })), ...overrides })
  }

  /** Ends a task as its worker does, and returns the ids that may run now. */
  async function end(task: NewStoredTask, how: 'completed' | 'failed' = 'completed'): Promise<string[]> {
    const { lease } = await claimOne(store(), task)
    const ended = await store().settle(lease, how === 'completed' ? { status: how, result: 1 } : refuse)
    return (await store().releaseNext(ended)).map(({ taskId }) => taskId)
  }

  it('keeps a task back until all that it follows have completed, and names those that have not', async () => {
    const [first, second] = [await createOne(store(), { title: 'Brand kit' }), newTask()]
    const other = await createOne(store(), { ...second, userId: first.userId })
    const task = await follow([first, other])
    const { createdAt } = await findOne(store(), task)
    expect(await findOne(store(), task)).toMatchObject({
      status: 'queued',
      runAt: createdAt,
      waitsFor: [
        { taskId: first.taskId, title: 'Brand kit' },
        { taskId: other.taskId, title: other.title },
      ],
    })
    expect(await claim(task.taskId)).toEqual({ outcome: 'held' })
    expect(await end(first)).toEqual([])
    expect((await findOne(store(), task)).waitsFor).toEqual([{ taskId: other.taskId, title: other.title }])
    expect(await end(other)).toEqual([task.taskId])
    const released = await findOne(store(), task)
    expect(released.waitsFor).toBeUndefined()
    expect(released.after?.map(({ taskId }) => taskId)).toEqual([first.taskId, other.taskId])
    expect((await claim(task.taskId)).outcome).toBe('claimed')
  })

  it('starts at once after tasks that have completed', async () => {
    const first = await createOne(store())
    await end(first)
    const task = newTask({ userId: first.userId, after: [{ taskId: first.taskId, title: first.title }] })
    const { tasks } = await store().create({ tasks: [task], claim: { leaseMs: 60_000 } })
    expect(tasks[0]).toMatchObject({ status: 'processing', after: [{ taskId: first.taskId }] })
    expect(tasks[0]).not.toHaveProperty('waitsFor')
  })

  it.each(['failed', 'cancelled'] as const)('fails in plain words when one that it follows is %s', async (how) => {
    const first = await createOne(store(), { title: 'Brand kit' })
    const task = await follow([first])
    const last = await follow([task])
    const cancel = async () => {
      const cancelled = await store().cancel(first.taskId, ownerOf(first))
      return store().releaseNext(cancelled!)
    }
    expect(await (how === 'failed' ? end(first, 'failed') : cancel())).toEqual([])
    for (const each of [task, last]) {
      expect(await findOne(store(), each)).toMatchObject({ status: 'failed', errorCode: 'dependency_failed' })
    }
    expect((await findOne(store(), task)).lastError).toBe('“Brand kit” was needed first, and did not complete.')
  })

  it('keeps its own due time, also when it fails because of one that it follows', async () => {
    const first = await createOne(store())
    const wanted = '2100-01-01T00:00:00.000Z'
    const [plain, later] = [await follow([first]), await follow([first], { runAt: wanted })]
    const { createdAt } = await findOne(store(), plain)
    await end(first, 'failed')
    expect(await findOne(store(), plain)).toMatchObject({ status: 'failed', runAt: createdAt })
    expect(await findOne(store(), later)).toMatchObject({ status: 'failed', runAt: wanted })
  })

  it('refuses to follow what has failed, was emptied, or never was', async () => {
    const [failed, emptied] = [await createOne(store()), await createOne(store())]
    await end(failed, 'failed')
    await end(emptied)
    await store().delete(emptied.taskId, ownerOf(emptied))
    for (const [earlier, reason] of [
      [failed, 'was needed first, and did not complete.'],
      [emptied, 'is needed first, and its result was removed.'],
      [newTask(), 'was needed first, and did not complete.'],
    ] as const) {
      await expect(follow([earlier])).rejects.toMatchObject({
        code: 'dependency_failed',
        message: expect.stringContaining(reason) as string,
      })
    }
  })

  it('fails in the same pass of maintenance that ends what it follows', async () => {
    const first = await createOne(store(), { deadlineMs: 0 })
    const task = await follow([first])
    await store().maintain(FULL_PASS)
    expect(await findOne(store(), first)).toMatchObject({ errorCode: 'deadline_exceeded' })
    expect(await findOne(store(), task)).toMatchObject({ status: 'failed', errorCode: 'dependency_failed' })
  })

  it('may follow another task of the same create', async () => {
    const kit = newTask({ title: 'Brand kit' })
    const personas = newTask({ userId: kit.userId, after: [{ taskId: kit.taskId, title: kit.title }] })
    const plan = newTask({ userId: kit.userId, after: [personas, kit].map(({ taskId, title }) => ({ taskId, title })) })
    const { tasks } = await store().create({ tasks: [kit, personas, plan] })
    expect(tasks.map(({ waitsFor = [] }) => waitsFor.map(({ taskId }) => taskId))).toEqual([
      [],
      [kit.taskId],
      [personas.taskId, kit.taskId],
    ])
    for (const each of [personas, plan]) expect((await claim(each.taskId)).outcome).toBe('held')
    expect(await end(kit)).toEqual([personas.taskId])
    expect(await end(personas)).toEqual([plan.taskId])
    expect(await end(plan)).toEqual([])
  })

  it('follows the task under way that answers for one of its create, and never one that it replaces', async () => {
    const kit = await createOne(store(), { title: 'Brand kit' })
    const unique = (onConflict: 'return' | 'replace') => ({ key: kit.taskId, onConflict, scope: ownerOf(kit) })
    const first = newTask({ userId: kit.userId, unique: unique('return') })
    await store().create({ tasks: [first] })
    const same = newTask({ userId: kit.userId, unique: unique('return') })
    const task = newTask({ userId: kit.userId, after: [{ taskId: same.taskId, title: same.title }] })
    await store().create({ tasks: [same, task] })
    expect((await findOne(store(), task)).waitsFor).toEqual([{ taskId: first.taskId, title: first.title }])

    await expect(follow([first], { unique: unique('replace') })).rejects.toMatchObject({ code: 'dependency_failed' })
    expect((await findOne(store(), first)).status).toBe('queued')
    expect(await end(first)).toEqual([task.taskId])
  })

  it('is made once under one key, also when what it follows has failed since', async () => {
    const first = await createOne(store())
    const idempotency = { key: 'follow', requestHash: 'h' }
    const after = [{ taskId: first.taskId, title: first.title }]
    const create = () => store().create({ tasks: [newTask({ userId: first.userId, after })], idempotency })
    const { tasks } = await create()
    await end(first, 'failed')
    expect(await create()).toMatchObject({ replayed: true, tasks: [{ taskId: tasks[0]?.taskId, status: 'failed' }] })
  })

  it('takes no place among the running tasks, nor in the line of those that wait', async () => {
    const first = await createOne(store())
    const task = await follow([first])
    const limits = { perUser: 1 }
    expect(await store().claim({ taskId: task.taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000, limits })).toEqual({
      outcome: 'held',
    })
    const { waiting } = await store().outlook({ types: [], tenantId: first.tenantId, limit: 100_000 })
    const ids = new Set(waiting.map(({ taskId }) => taskId))
    expect([ids.has(first.taskId), ids.has(task.taskId)]).toEqual([true, false])
    const running = await store().claim({ taskId: first.taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000, limits })
    expect(running.outcome).toBe('claimed')
  })

  it('is read together with its retries, and theirs', async () => {
    const first = await createOne(store())
    const second = await createOne(store(), { userId: first.userId, retryOf: first.taskId })
    const third = await createOne(store(), { userId: first.userId, retryOf: second.taskId })
    await end(third)
    const read = async (...ids: string[]) => {
      const found = await store().find(ids, ownerOf(first), { also: 'retries' })
      expect(found.filter((task) => 'payload' in task || 'result' in task)).toEqual([])
      return new Set(found.map(({ taskId }) => taskId))
    }
    expect(await read(first.taskId)).toEqual(new Set([first.taskId, second.taskId, third.taskId]))
    expect(await read(third.taskId)).toEqual(new Set([third.taskId]))
    const stranger = await store().find([first.taskId], ownerOf(newTask()), { also: 'retries' })
    expect(stranger).toEqual([])
  })

  it('misses no end that comes while the task is created', async () => {
    const earlier = await Promise.all(times(20, () => createOne(store())))
    const made = await Promise.all(
      earlier.map(async (first) => {
        const [task] = await Promise.all([follow([first]), end(first)])
        return task
      }),
    )
    for (const task of made) expect((await findOne(store(), task)).waitsFor).toBeUndefined()
  })

  it('rings no alarm for a task that waits, and counts its time to live from the release', async () => {
    const first = await createOne(store())
    const task = await follow([first], { timeToLiveMs: 1 })
    const { lease } = await claimOne(store(), first)
    const pass = await store().maintain(FULL_PASS)
    expect(pass?.deliver.map(({ taskId }) => taskId)).not.toContain(task.taskId)
    expect(await findOne(store(), task)).toMatchObject({ status: 'queued' })
    await store().releaseNext(await store().settle(lease, { status: 'completed', result: 1 }))
    await expect
      .poll(async () => {
        await store().maintain(FULL_PASS)
        return (await findOne(store(), task)).errorCode
      })
      .toBe('task_expired')
  })

  it('is released by maintenance when the process died that should have released it', async () => {
    const first = await createOne(store())
    const [task, last] = [await follow([first]), await follow([await createOne(store(), { userId: first.userId })])]
    const { lease } = await claimOne(store(), first)
    await store().settle(lease, { status: 'completed', result: 1 })
    const pass = await store().maintain(FULL_PASS)
    expect(pass?.deliver.map(({ taskId }) => taskId)).toContain(task.taskId)
    expect((await findOne(store(), task)).waitsFor).toBeUndefined()
    expect((await findOne(store(), last)).waitsFor).toHaveLength(1)
  })

  it('waits for its own time after the release', async () => {
    const runAt = new Date(Date.now() + 3_600_000).toISOString()
    const first = await createOne(store())
    const task = await follow([first], { runAt })
    expect(await findOne(store(), task)).toMatchObject({ runAt })
    const { lease } = await claimOne(store(), first)
    const ended = await store().settle(lease, { status: 'completed', result: 1 })
    const [due] = await store().releaseNext(ended)
    expect(due).toMatchObject({ taskId: task.taskId })
    expect(due?.dueInMs).toBeGreaterThan(3_000_000)
    expect((await claim(task.taskId)).outcome).toBe('early')
  })

  it('waits for nothing more once it is cancelled', async () => {
    const first = await createOne(store())
    const task = await follow([first])
    await store().cancel(task.taskId, ownerOf(task))
    expect(await end(first)).toEqual([])
    const cancelled = await findOne(store(), task)
    expect(cancelled).toMatchObject({ status: 'cancelled', runAt: cancelled.createdAt })
    expect(cancelled).not.toHaveProperty('waitsFor')
  })
}
