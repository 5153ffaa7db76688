import { expect, it } from 'vitest'
import type { NewStoredTask, TaskStore } from '../../store/task-store.js'
import type { CreateTasksInput } from '../../store/task-creation.js'
import type { UniqueWork } from '../../store/unique-work.js'
import { claimOne, findOne, newTask, ownerOf, times } from './new-task.js'

interface Wish extends Partial<NewStoredTask> {
  key: string
  onConflict?: UniqueWork['onConflict']
}

/** A task of one of two users, who share work. Each sees only the own tasks. */
function uniqueTask({ key, onConflict = 'return', ...overrides }: Wish): NewStoredTask {
  const task = newTask({ userId: `ada-${key}`, ...overrides })
  return { ...task, unique: { key, onConflict, scope: ownerOf(task) } }
}

const newKey = () => crypto.randomUUID()

export function describeUniqueWork(store: () => TaskStore): void {
  async function create(wish: Wish, input: Omit<CreateTasksInput, 'tasks'> = {}) {
    const task = uniqueTask(wish)
    const created = await store().create({ ...input, tasks: [task] })
    return { ...created, task, first: created.tasks[0]! }
  }

  it('makes one task of 50 creates of the same work at once, and answers each with it', async () => {
    const key = newKey()
    const all = await Promise.all(times(50, () => create({ key })))
    expect(new Set(all.map(({ first }) => first.taskId)).size).toBe(1)
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect((await store().list({ limit: 100 }, ownerOf(all[0]!.task))).tasks).toHaveLength(1)
  })

  it('gives the place free at the end of the task, and not between its attempts', async () => {
    const key = newKey()
    const { first } = await create({ key })
    const { lease } = await claimOne(store(), first)
    expect((await create({ key })).first).toMatchObject({ taskId: first.taskId, status: 'processing' })
    await store().settle(lease, { status: 'retry', errorCode: 'generator_failed', lastError: 'Busy.', delayMs: 0 })
    expect((await create({ key })).first).toMatchObject({ taskId: first.taskId, status: 'queued' })
    const again = await claimOne(store(), first)
    await store().settle(again.lease, { status: 'completed', result: 1 })
    const next = await create({ key })
    expect(next).toMatchObject({ replayed: false, first: { status: 'queued' } })
    expect(next.first.taskId).not.toBe(first.taskId)
  })

  it('keeps tenants, types and keys apart', async () => {
    const key = newKey()
    const all = [{ key }, { key, tenantId: 'globex' }, { key, type: 'GENERATE_BRAND_KIT' }, { key: newKey() }]
    for (const wish of all) expect(await create(wish)).toMatchObject({ replayed: false })
  })

  it('refuses a second task, names the one under way, and inserts nothing of the batch', async () => {
    const key = newKey()
    const { first } = await create({ key })
    const other = newTask({ userId: `ada-${key}` })
    const refused = store().create({ tasks: [other, uniqueTask({ key, onConflict: 'refuse' })] })
    await expect(refused).rejects.toMatchObject({ code: 'already_under_way', taskId: first.taskId })
    expect(await store().find([other.taskId], ownerOf(other))).toEqual([])
  })

  it('replaces a task that waits and one that runs, whose worker can write nothing more', async () => {
    const key = newKey()
    const waiting = await create({ key })
    const running = await create({ key, onConflict: 'replace' })
    expect(running.replaced).toMatchObject([{ taskId: waiting.first.taskId, status: 'cancelled' }])
    const { lease } = await claimOne(store(), running.first)
    const last = await create({ key, onConflict: 'replace' })
    expect(last).toMatchObject({ replayed: false, first: { status: 'queued', taskId: last.task.taskId } })
    expect(await findOne(store(), running.task)).toMatchObject({
      status: 'cancelled',
      lastError: 'A newer task has taken the place of this one.',
    })
    await expect(store().settle(lease, { status: 'completed', result: 1 })).rejects.toMatchObject({
      code: 'ownership_lost',
    })
  })

  it('leaves one task under way when 20 replace each other at once', async () => {
    const key = newKey()
    const all = await Promise.all(times(20, () => create({ key, onConflict: 'replace' })))
    expect(new Set(all.map(({ first }) => first.taskId)).size).toBe(20)
    const { tasks } = await store().list({ limit: 100, status: ['queued', 'processing'] }, ownerOf(all[0]!.task))
    expect(tasks).toHaveLength(1)
  })

  it('never returns, names or replaces the task of somebody else', async () => {
    const key = newKey()
    const { task } = await create({ key })
    for (const onConflict of ['return', 'refuse', 'replace'] as const) {
      const refusal: unknown = await create({ key, onConflict, userId: 'grace' }).catch((error: unknown) => error)
      expect(refusal).toMatchObject({ code: 'already_under_way', taskId: undefined })
      expect(String(refusal)).not.toContain(task.taskId)
    }
    expect(await findOne(store(), task)).toMatchObject({ status: 'queued' })
  })

  it('answers a batch with the tasks that it makes and the one under way, each at its place', async () => {
    const key = newKey()
    const { first } = await create({ key })
    const own = newKey()
    const tasks = [newTask({ userId: `ada-${key}` }), uniqueTask({ key }), ...times(2, () => uniqueTask({ key: own }))]
    const created = await store().create({ tasks })
    expect(created.replayed).toBe(false)
    expect(created.tasks.map(({ taskId }) => taskId)).toEqual([
      tasks[0]!.taskId,
      first.taskId,
      tasks[2]!.taskId,
      tasks[2]!.taskId,
    ])
  })

  it.each(['refuse', 'replace'] as const)('cannot %s a task of the same batch', async (onConflict) => {
    const key = newKey()
    const tasks = times(2, () => uniqueTask({ key, onConflict }))
    await expect(store().create({ tasks })).rejects.toMatchObject({ code: 'already_under_way' })
    expect(await store().find([tasks[0]!.taskId], ownerOf(tasks[0]!))).toEqual([])
  })

  it('replays an idempotent create before it looks at what is under way', async () => {
    const key = newKey()
    const idempotency = { key, requestHash: 'h' }
    const { first } = await create({ key, onConflict: 'replace' }, { idempotency })
    expect(await create({ key, onConflict: 'replace' }, { idempotency })).toMatchObject({
      replayed: true,
      first: { taskId: first.taskId, status: 'queued' },
    })
    expect(await create({ key, onConflict: 'refuse' }, { idempotency })).toMatchObject({ replayed: true })
    await expect(
      create({ key, onConflict: 'replace' }, { idempotency: { key, requestHash: 'other' } }),
    ).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  })

  it('gives a repeated create the task that it was answered with, also when that has ended meanwhile', async () => {
    const key = newKey()
    const { first } = await create({ key })
    const idempotency = { key, requestHash: 'h' }
    await create({ key }, { idempotency, limits: { activePerUser: 1 } })
    const { lease } = await claimOne(store(), first)
    await store().settle(lease, { status: 'completed', result: 1 })
    expect(await create({ key }, { idempotency })).toMatchObject({
      replayed: true,
      first: { taskId: first.taskId, status: 'completed' },
    })
  })

  it('is born claimed, and claims no task that was under way', async () => {
    const key = newKey()
    const claim = { leaseMs: 60_000 }
    const { first } = await create({ key }, { claim })
    expect(first).toMatchObject({ status: 'processing', attempt: 1, epoch: 1, version: 1 })
    expect(await create({ key }, { claim })).toMatchObject({
      replayed: true,
      first: { taskId: first.taskId, epoch: 1 },
    })
    const next = await create({ key, onConflict: 'replace' }, { claim })
    expect(next.first).toMatchObject({ taskId: next.task.taskId, status: 'processing', epoch: 1 })
  })

  it('replaces nothing when a limit refuses the new task, and needs no room for one that is under way', async () => {
    const key = newKey()
    const userId = `ada-${key}`
    const { task } = await create({ key })
    const limits = { activePerUser: 1 }
    expect(await create({ key }, { limits })).toMatchObject({ replayed: true })
    const two = [uniqueTask({ key, onConflict: 'replace' }), newTask({ userId })]
    await expect(store().create({ tasks: two, limits })).rejects.toMatchObject({ code: 'too_many_active_tasks' })
    expect(await findOne(store(), task)).toMatchObject({ status: 'queued' })
    expect(await create({ key, onConflict: 'replace' }, { limits })).toMatchObject({ replayed: false })
  })
}
