import { expect, it, vi } from 'vitest'
import { ERASED_USER, type EraseInput } from '../../store/audit.js'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, FULL_PASS, newTask, ownerOf, times } from './new-task.js'

/** Every text that names a person or holds what they wrote, so that a test can look for what is left of it. */
const SECRET = 'Plan for the merger'

export function describeErasing(store: () => TaskStore): void {
  const everything = async (tenantId: string, ids: readonly string[]) =>
    store().find(ids, { reach: 'tenant', tenantId })

  async function eraseAll(input: Omit<EraseInput, 'limit'>, limit = 100): Promise<number> {
    let passes = 0
    for (;;) {
      const { erased, renamed, forgotten } = await store().eraseUser({ ...input, limit })
      if (erased + renamed + forgotten === 0) return passes
      passes += 1
    }
  }

  /** A tenant in which Ronja has a task of each kind. */
  async function ronjasTenant() {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const target = `target-${tenantId}`
    const own = { tenantId, userId: 'ronja', title: SECRET, tags: [SECRET], payload: { text: SECRET } }
    const scope = { reach: 'own', tenantId, userId: 'ronja', brandIds: '*' } as const
    const unique = { key: SECRET, onConflict: 'return', scope } as const
    const [queued, running, completed, failed] = [
      await createOne(store(), { ...own, unique, keysOf: SECRET, traceparent: SECRET }),
      await createOne(store(), own),
      await createOne(store(), own),
      await createOne(store(), own),
    ]
    const after = [{ taskId: running.taskId, title: SECRET }]
    const waiting = await createOne(store(), { ...own, after })
    const { lease } = await claimOne(store(), running)
    await store().checkpoint(lease, { step: 'channels', output: SECRET, items: { done: 1, total: 2 } })
    await store().report(lease, { partialResult: SECRET, text: { at: 0, append: SECRET } })
    const done = await claimOne(store(), completed)
    await store().settle(done.lease, { status: 'completed', result: SECRET, notices: { completed: [target] } })
    const broken = await claimOne(store(), failed)
    await store().settle(broken.lease, { status: 'failed', errorCode: 'generator_refused', lastError: SECRET })
    return { tenantId, tasks: [queued, running, completed, failed, waiting], lease, target }
  }

  it('leaves nothing of a user’s tasks but tombstones without a name', async () => {
    const { tenantId, tasks, lease, target } = await ronjasTenant()
    const outcome = await store().eraseUser({ tenantId, userId: 'ronja', by: 'support', limit: 100 })
    expect(outcome).toEqual({ erased: 5, cancelled: 3, renamed: 0, forgotten: 0 })

    const left = await everything(
      tenantId,
      tasks.map(({ taskId }) => taskId),
    )
    expect(left).toHaveLength(5)
    for (const task of left) {
      expect(task).toMatchObject({ userId: ERASED_USER, createdBy: ERASED_USER, title: '', steps: [] })
      expect(task.purgedAt).toEqual(expect.any(String))
      for (const field of ['textCursor', 'waitsFor', 'keysOf', 'traceparent']) expect(task).not.toHaveProperty(field)
      expect(Math.abs(Date.parse(task.runAt) - Date.parse(task.createdAt))).toBe(0)
      expect(JSON.stringify(task)).not.toContain(SECRET)
      expect(JSON.stringify(task)).not.toContain('ronja')
    }
    expect(left.map(({ status }) => status).toSorted()).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
      'completed',
      'failed',
    ])
    expect((await store().list({ limit: 100 }, { reach: 'tenant', tenantId })).tasks).toEqual([])
    expect(await store().takeNotices({ outcomes: [], targets: [target], limit: 9, leaseMs: 0 })).toEqual([])
    await expect(store().report(lease, { partialResult: SECRET })).rejects.toMatchObject({ code: 'ownership_lost' })
    await expect(store().settle(lease, { status: 'completed', result: SECRET })).rejects.toMatchObject({
      code: 'ownership_lost',
    })
  })

  it('leaves other users, tenants and their keys alone', async () => {
    const { tenantId } = await ronjasTenant()
    const others = [
      await createOne(store(), { tenantId, userId: 'linus' }),
      await createOne(store(), { tenantId: `${tenantId}-2`, userId: 'ronja' }),
    ]
    const keyed = newTask({ tenantId, userId: 'linus' })
    const idempotency = { key: 'key', requestHash: 'hash' }
    await store().create({ tasks: [keyed], idempotency })
    const read = () => Promise.all(others.map((input) => store().find([input.taskId], ownerOf(input))))
    const before = await read()
    await eraseAll({ tenantId, userId: 'ronja', by: 'support' })
    expect(await read()).toEqual(before)
    const again = newTask({ tenantId, userId: 'linus' })
    expect(await store().create({ tasks: [again], idempotency })).toMatchObject({ replayed: true })
  })

  it('removes the user’s idempotency keys, so that no later request is answered with an erased task', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const create = () =>
      store().create({
        tasks: [newTask({ tenantId, userId: 'ronja' })],
        idempotency: { key: 'key', requestHash: 'hash' },
      })
    await create()
    expect(await store().eraseUser({ tenantId, userId: 'ronja', by: 'support', limit: 10 })).toMatchObject({
      forgotten: 1,
    })
    expect(await create()).toMatchObject({ replayed: false })
  })

  it('removes the sums of what the user’s models have used, and none of the others', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const { lease } = await claimOne(store(), await createOne(store(), { tenantId, userId: 'ronja' }))
    const used = [{ model: 'm', currency: 'EUR', inputTokens: 10, outputTokens: 1, costMicros: 5 }]
    await store().report(lease, { usage: { attempt: 1, sequence: 1, used } })
    await eraseAll({ tenantId, userId: 'ronja', by: 'support' })
    const sums = await store().usage({ tenantId, sums: [{ by: 'user' }, { by: 'tenant' }], limit: 10 })
    expect(sums).toMatchObject([{ by: 'tenant', id: tenantId, costMicros: 5 }])
  })

  it('takes the name out of other users’ tasks and of the audit', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const forLinus = await createOne(store(), { tenantId, userId: 'linus', createdBy: 'ronja' })
    const ofLinus = await createOne(store(), { tenantId, userId: 'linus', createdBy: 'linus' })
    await store().cancel(ofLinus.taskId, ownerOf(ofLinus), { by: 'ronja' })
    await eraseAll({ tenantId, userId: 'ronja', by: 'ronja' })

    const left = await everything(tenantId, [forLinus.taskId, ofLinus.taskId])
    const named = new Map(left.map((task) => [task.taskId, task]))
    expect(named.get(forLinus.taskId)).toMatchObject({ createdBy: ERASED_USER, userId: 'linus', title: forLinus.title })
    expect(named.get(ofLinus.taskId)).toMatchObject({ cancelledBy: ERASED_USER, createdBy: 'linus', version: 3 })
    const { entries } = await store().audit({ tenantId, limit: 100 })
    expect(entries).toMatchObject([{ action: 'cancel', by: ERASED_USER, userId: 'linus' }])
  })

  it('lets nobody wait for an erased task', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const awaited = await createOne(store(), { tenantId, userId: 'ronja' })
    const follower = await createOne(store(), {
      tenantId,
      userId: 'linus',
      after: [{ taskId: awaited.taskId, title: 'Brand kit' }],
    })
    await eraseAll({ tenantId, userId: 'ronja', by: 'support' })
    await store().maintain(FULL_PASS)
    const [task] = await store().find([follower.taskId], ownerOf(follower))
    expect(task).toMatchObject({ status: 'failed', errorCode: 'dependency_failed' })
  })

  it('leaves no title of theirs in tasks of others that follow theirs', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const [awaited, done, ofLinus] = [
      await createOne(store(), { tenantId, userId: 'ronja', title: SECRET }),
      await createOne(store(), { tenantId, userId: 'ronja', title: SECRET }),
      await createOne(store(), { tenantId, userId: 'linus', title: 'Brand kit' }),
    ]
    await store().settle((await claimOne(store(), done)).lease, { status: 'completed', result: 1 })
    const after = [awaited, ofLinus, done].map(({ taskId, title }) => ({ taskId, title }))
    const follow = (references: typeof after) => createOne(store(), { tenantId, userId: 'linus', after: references })
    const waiting = await follow(after)
    const cancelled = await follow(after.slice(0, 1))
    const ended = await follow(after.slice(2))
    await store().settle((await claimOne(store(), ended)).lease, { status: 'completed', result: 2 })
    await store().cancel(cancelled.taskId, ownerOf(cancelled), { by: 'linus' })
    await eraseAll({ tenantId, userId: 'ronja', by: 'support' }, 1)

    const followers = [waiting, cancelled, ended].map(({ taskId }) => taskId)
    const read = async () => {
      const tasks = await everything(tenantId, followers)
      return followers.map((id) => tasks.find(({ taskId }) => taskId === id))
    }
    const before = await read()
    expect(JSON.stringify(before)).not.toContain(SECRET)
    expect(before.map((task) => task?.after)).toEqual([
      [
        { taskId: awaited.taskId, title: '' },
        { taskId: ofLinus.taskId, title: 'Brand kit' },
        { taskId: done.taskId, title: '' },
      ],
      [{ taskId: awaited.taskId, title: '' }],
      [{ taskId: done.taskId, title: '' }],
    ])
    expect(before[2]).toMatchObject({ status: 'completed', result: 2 })
    await store().maintain(FULL_PASS)
    expect((await read())[0]).toMatchObject({
      errorCode: 'dependency_failed',
      lastError: 'An earlier task was needed first, and did not complete.',
    })
  })

  it('leaves none in the failure of a task that followed theirs either', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const cancelled = await createOne(store(), { tenantId, userId: 'ronja', title: SECRET })
    const after = [{ taskId: cancelled.taskId, title: SECRET }]
    const failed = await createOne(store(), { tenantId, userId: 'linus', after })
    await store().cancel(cancelled.taskId, ownerOf(cancelled))
    await store().maintain(FULL_PASS)
    await eraseAll({ tenantId, userId: 'ronja', by: 'support' })
    const left = await everything(tenantId, [failed.taskId])
    expect(left).toMatchObject([{ errorCode: 'dependency_failed', after: [{ taskId: cancelled.taskId, title: '' }] }])
    expect(JSON.stringify(left)).not.toContain(SECRET)
  })

  it('goes on in passes until nothing is left, and then changes nothing', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const inputs = await Promise.all(times(7, () => createOne(store(), { tenantId, userId: 'ronja' })))
    const passes = await eraseAll({ tenantId, userId: 'ronja', by: 'support' }, 3)
    expect(passes).toBeGreaterThanOrEqual(3)
    const ids = inputs.map(({ taskId }) => taskId)
    const before = await everything(tenantId, ids)
    expect(new Set(before.map(({ userId }) => userId))).toEqual(new Set([ERASED_USER]))
    expect(await store().eraseUser({ tenantId, userId: 'ronja', by: 'support', limit: 3 })).toEqual({
      erased: 0,
      cancelled: 0,
      renamed: 0,
      forgotten: 0,
    })
    expect(await everything(tenantId, ids)).toEqual(before)
    const { entries } = await store().audit({ tenantId, limit: 100 })
    expect(entries.every((entry) => entry.action === 'erase' && entry.by === 'support')).toBe(true)
    expect(entries.reduce((sum, { count = 0 }) => sum + count, 0)).toBe(7)
    expect(JSON.stringify(entries)).not.toContain('ronja')
  })

  it('notifies the former owner’s watchers, so that workers stop at once', async () => {
    const { tenantId, lease } = await ronjasTenant()
    const seen = vi.fn<(epoch: number) => void>()
    const stop = store().watch({
      onChanges: (changes) => {
        for (const { taskId, userId, epoch } of changes) if (taskId === lease.taskId && userId === 'ronja') seen(epoch)
      },
      following: () => [lease.taskId],
      owners: () => [],
    })
    await store().eraseUser({ tenantId, userId: 'ronja', by: 'support', limit: 100 })
    await vi.waitFor(() => expect(seen).toHaveBeenCalledWith(lease.epoch + 1), { timeout: 60_000 })
    stop()
  })

  it('races workers and cancels: all that remains is erased', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const inputs = await Promise.all(times(30, () => createOne(store(), { tenantId, userId: 'ronja' })))
    const leases = await Promise.all(inputs.map(async (input) => (await claimOne(store(), input)).lease))
    await Promise.all([
      eraseAll({ tenantId, userId: 'ronja', by: 'support' }, 10),
      ...leases.map((lease) =>
        store()
          .settle(lease, { status: 'completed', result: SECRET })
          .catch(() => {}),
      ),
      ...inputs.map((input) => store().cancel(input.taskId, ownerOf(input), { by: 'ronja' })),
    ])
    await eraseAll({ tenantId, userId: 'ronja', by: 'support' })
    const left = await everything(
      tenantId,
      inputs.map(({ taskId }) => taskId),
    )
    expect(left).toHaveLength(30)
    expect(JSON.stringify(left)).not.toContain(SECRET)
    expect(JSON.stringify(left)).not.toContain('ronja')
  })
}
