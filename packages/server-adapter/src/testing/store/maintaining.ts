import { expect, it } from 'vitest'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, FULL_PASS, ownerOf, times } from './new-task.js'

/** A due time so long ago that the alarm is due, too. */
const LONG_AGO = '2020-01-01T00:00:00.000Z'
const DECADES_MS = 1_000 * 86_400 * 365 * 100

export function describeMaintaining(store: () => TaskStore): void {
  const pass = async (overrides: Partial<Parameters<TaskStore['maintain']>[0]> = {}) => {
    const outcome = await store().maintain({ ...FULL_PASS, ...overrides })
    if (!outcome) throw new Error('The pass was refused.')
    return outcome
  }
  const delivered = (outcome: Awaited<ReturnType<typeof pass>>, taskId: string) =>
    outcome.deliver.filter((task) => task.taskId === taskId)

  it('makes one pass in an interval', async () => {
    await pass()
    const again = await Promise.all(times(5, () => store().maintain({ ...FULL_PASS, minIntervalMs: 60_000 })))
    expect(again).toEqual([null, null, null, null, null])
    expect(await store().maintain(FULL_PASS)).not.toBeNull()
  })

  it('queues a task whose lease has expired, and delivers it at once', async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input, 0)
    const outcome = await pass()
    expect(outcome.expired).toBeGreaterThanOrEqual(1)
    expect(delivered(outcome, input.taskId)).toEqual([
      { taskId: input.taskId, priority: 'normal', rings: 0, dueInMs: 0 },
    ])
    const found = await findOne(store(), input)
    expect(found).toMatchObject({ status: 'queued', attempt: 1, errorCode: 'worker_lost' })
    expect(found.epoch).toBeGreaterThan(lease.epoch)
    expect((await store().claim({ taskId: input.taskId, knownTypes: [input.type], leaseMs: 1_000 })).outcome).toBe(
      'claimed',
    )
  })

  it('fails a task whose worker was lost on the last attempt', async () => {
    const input = await createOne(store(), { maxRetries: 0 })
    await claimOne(store(), input, 0)
    const outcome = await pass()
    expect(delivered(outcome, input.taskId)).toEqual([])
    expect(await findOne(store(), input)).toMatchObject({
      status: 'failed',
      errorCode: 'worker_lost',
      completedAt: expect.any(String) as string,
    })
  })

  it('leaves a living lease alone, and one that was prolonged', async () => {
    const living = await createOne(store())
    await claimOne(store(), living)
    const prolonged = await createOne(store())
    const { lease } = await claimOne(store(), prolonged, 0)
    await store().beat(lease, { leaseMs: 60_000 })
    await pass()
    for (const input of [living, prolonged]) expect((await findOne(store(), input)).status).toBe('processing')
  })

  it('expires nothing while workers have had no time to beat', async () => {
    const input = await createOne(store())
    await claimOne(store(), input, 0)
    expect((await pass({ expireLeases: 'not-yet' })).expired).toBe(0)
    expect((await findOne(store(), input)).status).toBe('processing')
  })

  it('never both completes and requeues when expiry races completion', async () => {
    const inputs = await Promise.all(times(50, () => createOne(store())))
    const leases = await Promise.all(inputs.map(async (input) => (await claimOne(store(), input, 0)).lease))
    const [settled] = await Promise.all([
      Promise.allSettled(leases.map((lease) => store().settle(lease, { status: 'completed', result: 1 }))),
      pass(),
    ])
    for (const [index, { status }] of settled.entries()) {
      expect((await findOne(store(), inputs[index]!)).status).toBe(status === 'fulfilled' ? 'completed' : 'queued')
    }
  })

  it('fails what has waited too long, counted from the time it was due', async () => {
    const late = await createOne(store(), { timeToLiveMs: -1 })
    const scheduled = await createOne(store(), {
      timeToLiveMs: 1_000,
      runAt: new Date(Date.now() + 3_600_000).toISOString(),
    })
    const outcome = await pass()
    expect(outcome.timedOut).toBeGreaterThanOrEqual(1)
    expect(await findOne(store(), late)).toMatchObject({ status: 'failed', errorCode: 'task_expired' })
    expect((await findOne(store(), scheduled)).status).toBe('queued')
    expect(delivered(outcome, late.taskId)).toEqual([])
  })

  it('rings an alarm that is due, once, and sets the next', async () => {
    const input = await createOne(store(), { runAt: LONG_AGO, timeToLiveMs: DECADES_MS, priority: 'high' })
    const before = await findOne(store(), input)
    expect(delivered(await pass(), input.taskId)).toEqual([
      { taskId: input.taskId, priority: 'high', rings: 1, dueInMs: 0 },
    ])
    expect(delivered(await pass(), input.taskId)).toEqual([])
    const after = await findOne(store(), input)
    expect(after.rings).toBe(1)
    // An alarm is invisible, so watchers need no notification.
    expect(after.version).toBe(before.version)
  })

  it('rings not before 30 seconds have passed', async () => {
    const input = await createOne(store())
    expect(delivered(await pass(), input.taskId)).toEqual([])
  })

  it('rings a bounded number, oldest first', async () => {
    await pass()
    const inputs: Awaited<ReturnType<typeof createOne>>[] = []
    for (const year of [1973, 1971, 1972]) {
      inputs.push(await createOne(store(), { runAt: `${year}-01-01T00:00:00.000Z`, timeToLiveMs: DECADES_MS }))
    }
    // On a slow machine a lease of another test may expire meanwhile, so that task is delivered, too.
    const rung = async () => {
      const { deliver } = await pass({ limit: 2 })
      return deliver.map(({ taskId }) => inputs.findIndex((input) => input.taskId === taskId)).filter((at) => at >= 0)
    }
    expect(await rung()).toEqual([1, 2])
    expect(await rung()).toEqual([0])
  })

  it('is silent while the queue holds as many messages as tasks are due', async () => {
    const input = await createOne(store(), { runAt: LONG_AGO, timeToLiveMs: DECADES_MS, priority: 'high' })
    const { due } = await store().stats()
    // More tasks of other tests may become due meanwhile.
    expect(delivered(await pass({ waitingMessages: due + 100 }), input.taskId)).toEqual([])
    expect(delivered(await pass({ waitingMessages: due - 1 }), input.taskId)).toHaveLength(1)
  })

  it('rings all the same for what others overtake, until it weighs more than they, so that low ends while high floods', async () => {
    const overdue = { runAt: LONG_AGO, timeToLiveMs: DECADES_MS }
    const low = await createOne(store(), { ...overdue, priority: 'low' })
    const high = await createOne(store(), { ...overdue, priority: 'high' })
    const outcome = await pass({ waitingMessages: 1e6 })
    expect(delivered(outcome, low.taskId)).toMatchObject([{ priority: 'low', rings: 1 }])
    expect(delivered(outcome, high.taskId)).toEqual([])
  })

  it('empties what has ended long ago and leaves a tombstone', async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    await store().checkpoint(lease, { step: 'channels', output: 1 })
    await store().settle(lease, { status: 'completed', result: 'secret' })
    const waiting = await createOne(store())
    expect((await pass({ retention: { endedMs: -1, tombstoneMs: DECADES_MS } })).purged).toBeGreaterThanOrEqual(1)

    const tombstone = await findOne(store(), input)
    expect(tombstone).toMatchObject({ status: 'completed', steps: [], purgedAt: expect.any(String) as string })
    for (const field of ['payload', 'result', 'partialResult']) expect(tombstone).not.toHaveProperty(field)
    expect((await store().list({ limit: 10 }, ownerOf(input))).tasks).toEqual([])
    expect(await findOne(store(), waiting)).toMatchObject({ status: 'queued', payload: waiting.payload })

    await pass({ retention: { endedMs: DECADES_MS, tombstoneMs: -1 } })
    expect(await store().find([input.taskId], ownerOf(input))).toEqual([])
  })

  it('keeps an idempotency key as long as its task, and no longer', async () => {
    const input = await createOne(store())
    const create = () => {
      const task = { ...input, taskId: crypto.randomUUID() }
      return store().create({ tasks: [task], idempotency: { key: 'k', requestHash: 'h' } })
    }
    const { tasks } = await create()
    await store().cancel(tasks[0]!.taskId, ownerOf(input))
    await pass({ retention: { endedMs: -1, tombstoneMs: DECADES_MS } })
    expect((await create()).replayed).toBe(true)
    await pass({ retention: { endedMs: -1, tombstoneMs: -1 } })
    expect((await create()).replayed).toBe(false)
  })

  it('touches a bounded number of tasks', async () => {
    await pass()
    const inputs = await Promise.all(times(5, () => createOne(store())))
    await Promise.all(inputs.map((input) => claimOne(store(), input, 0)))
    const expired = async () => {
      const found = await Promise.all(inputs.map((input) => findOne(store(), input)))
      return found.filter(({ status }) => status === 'queued').length
    }
    expect((await pass({ limit: 3 })).expired).toBe(3)
    // The number is smaller if leases of other tests expired meanwhile.
    expect(await expired()).toBeLessThanOrEqual(3)
    await pass()
    expect(await expired()).toBe(5)
  })
}
