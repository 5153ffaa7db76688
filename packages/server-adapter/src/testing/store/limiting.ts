import { expect, it } from 'vitest'
import type { ClaimLimits } from '../../store/store-limits.js'
import type { NewStoredTask, TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, FULL_PASS, KNOWN_TYPES, newTask, ownerOf, times } from './new-task.js'

const owner = () => `user-${crypto.randomUUID()}`
const uniqueType = () => `TYPE_${crypto.randomUUID()}`

export function describeLimiting(store: () => TaskStore): void {
  const create = (task: NewStoredTask, limits: { activePerUser?: number; queued?: number }) =>
    store().create({ tasks: [task], limits })
  const claim = ({ taskId, type }: NewStoredTask, limits: ClaimLimits) =>
    store().claim({ taskId, knownTypes: [...KNOWN_TYPES, type], leaseMs: 60_000, limits })

  it('refuses one task more than an owner may have under way, and takes it once another has ended', async () => {
    const userId = owner()
    const [first] = await Promise.all(times(2, () => createOne(store(), { userId })))
    const refused = create(newTask({ userId }), { activePerUser: 2 })
    await expect(refused).rejects.toMatchObject({ code: 'too_many_active_tasks', retryable: true, status: 429 })
    await expect(create(newTask(), { activePerUser: 2 })).resolves.toMatchObject({ replayed: false })

    if (!first) throw new Error('There is no first task.')
    await store().cancel(first.taskId, ownerOf(first))
    await expect(create(newTask({ userId }), { activePerUser: 2 })).resolves.toMatchObject({ replayed: false })
  })

  it('lets exactly as many in as there is room for when many come at once', async () => {
    const userId = owner()
    const answers = await Promise.allSettled(times(20, () => create(newTask({ userId }), { activePerUser: 5 })))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  })

  it('lets in no part of a batch that is too large', async () => {
    const userId = owner()
    const tasks = times(3, () => newTask({ userId }))
    await expect(store().create({ tasks, limits: { activePerUser: 2 } })).rejects.toMatchObject({
      code: 'too_many_active_tasks',
    })
    const { tasks: listed } = await store().list(
      { limit: 10 },
      { reach: 'own', tenantId: 'acme', userId, brandIds: '*' },
    )
    expect(listed).toEqual([])
  })

  it('refuses anything more while as many wait as may', async () => {
    await createOne(store())
    await expect(create(newTask(), { queued: 1 })).rejects.toMatchObject({ code: 'queue_full', status: 503 })
  })

  it('replays a create whatever the limits are', async () => {
    const task = newTask()
    const idempotency = { key: crypto.randomUUID(), requestHash: 'same' }
    await store().create({ tasks: [task], idempotency })
    const again = store().create({
      tasks: [newTask({ userId: task.userId })],
      idempotency,
      limits: { activePerUser: 1, queued: 0 },
    })
    await expect(again).resolves.toMatchObject({ replayed: true, tasks: [{ taskId: task.taskId }] })
  })

  it('does not use up a key by a create that was refused', async () => {
    const userId = owner()
    const blocking = await createOne(store(), { userId })
    const idempotency = { key: crypto.randomUUID(), requestHash: 'same' }
    const input = { tasks: [newTask({ userId })], idempotency, limits: { activePerUser: 1 } }
    await expect(store().create(input)).rejects.toMatchObject({ code: 'too_many_active_tasks' })
    await store().cancel(blocking.taskId, ownerOf(blocking))
    await expect(store().create(input)).resolves.toMatchObject({ replayed: false })
  })

  it('runs no more of one owner at once than it may, and holds the others', async () => {
    const userId = owner()
    const inputs = await Promise.all(times(6, () => createOne(store(), { userId })))
    const claims = await Promise.all(inputs.map((input) => claim(input, { perUser: 2 })))
    expect(claims.map(({ outcome }) => outcome).toSorted()).toEqual(['claimed', 'claimed', ...times(4, () => 'held')])
    expect((await claim(await createOne(store()), { perUser: 2 })).outcome).toBe('claimed')
  })

  it('runs no more of one type at once than it may, whoever owns them', async () => {
    const type = uniqueType()
    const inputs = await Promise.all(times(4, () => createOne(store(), { type })))
    const claims = await Promise.all(inputs.map((input) => claim(input, { perType: { [type]: 1 } })))
    expect(claims.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1)
    expect(claims.filter(({ outcome }) => outcome === 'held')).toHaveLength(3)
  })

  it('releases the most urgent held task when a sibling ends, and only one', async () => {
    const userId = owner()
    const limits = { perUser: 1 }
    const running = await createOne(store(), { userId })
    const { lease } = await claimOne(store(), running)
    const low = await createOne(store(), { userId, priority: 'low' })
    const high = await createOne(store(), { userId, priority: 'high' })
    for (const input of [low, high]) expect((await claim(input, limits)).outcome).toBe('held')
    expect(await store().releaseNext(running, { limits })).toEqual([])

    await store().settle(lease, { status: 'completed', result: {} })
    const due = await store().releaseNext(running, { limits })
    expect(due).toEqual([{ taskId: high.taskId, priority: 'high', rings: 0, dueInMs: 0 }])
    expect((await claim(high, limits)).outcome).toBe('claimed')
    expect((await claim(low, limits)).outcome).toBe('held')
  })

  it('releases two when two end at once', async () => {
    const userId = owner()
    const limits = { perUser: 2 }
    const running = await Promise.all(times(2, () => createOne(store(), { userId })))
    const leases = await Promise.all(running.map((input) => claimOne(store(), input)))
    const waiting = await Promise.all(times(3, () => createOne(store(), { userId })))
    for (const input of waiting) expect((await claim(input, limits)).outcome).toBe('held')

    const due = await Promise.all(
      leases.map(async ({ lease, task }) => {
        await store().settle(lease, { status: 'completed', result: {} })
        return store().releaseNext(task, { limits })
      }),
    )
    const rung = new Set(due.flat().map(({ taskId }) => taskId))
    const claims = await Promise.all(
      waiting.filter(({ taskId }) => rung.has(taskId)).map((input) => claim(input, limits)),
    )
    expect(claims.map(({ outcome }) => outcome)).toEqual(['claimed', 'claimed'])
  })

  it('releases in maintenance what a dead process has left held', async () => {
    const userId = owner()
    const limits = { perUser: 1 }
    const running = await createOne(store(), { userId })
    const { lease } = await claimOne(store(), running)
    const waiting = await createOne(store(), { userId })
    await claim(waiting, limits)
    const early = await store().maintain({ ...FULL_PASS, limits })
    expect(early?.deliver.map(({ taskId }) => taskId)).not.toContain(waiting.taskId)

    await store().settle(lease, { status: 'completed', result: {} })
    const pass = await store().maintain({ ...FULL_PASS, limits })
    expect(pass?.deliver.map(({ taskId }) => taskId)).toContain(waiting.taskId)
  })

  it('leaves a held task queued, and shows nobody that it was looked at', async () => {
    const userId = owner()
    await claimOne(store(), await createOne(store(), { userId }))
    const waiting = await createOne(store(), { userId })
    await claim(waiting, { perUser: 1 })
    expect(await findOne(store(), waiting)).toMatchObject({ status: 'queued', version: 1, attempt: 0, epoch: 0 })
  })
}
