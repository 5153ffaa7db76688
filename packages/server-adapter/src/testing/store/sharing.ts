import { expect, it } from 'vitest'
import type { NoticeOutcome } from '../../store/notice.js'
import type { UsageReport } from '../../store/store-usage.js'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, newTask, ownerOf, times } from './new-task.js'

/** Two stores on one database, as two processes have them. */
export function describeSharing(
  store: () => TaskStore,
  peer: () => TaskStore,
  { countDeadlocks }: { countDeadlocks: (() => Promise<number>) | undefined },
): void {
  it('never deadlocks when two processes write the same tasks in opposite order', async () => {
    const inputs = await Promise.all(times(60, () => createOne(store())))
    const leases = await Promise.all(inputs.map(async (input) => (await claimOne(store(), input)).lease))
    const before = await countDeadlocks?.()
    for (let round = 1; round <= 10; round += 1) {
      await Promise.all([
        ...leases.map((lease) => store().report(lease, { progress: round })),
        ...leases.toReversed().map((lease) => peer().report(lease, { progress: round })),
      ])
      // The store repairs a deadlock by sending its writes again, so only this number shows it.
      expect(await countDeadlocks?.()).toBe(before)
    }
    for (const input of inputs) expect((await findOne(peer(), input)).progress).toBe(10)
  })

  it('gives each notice to one of two processes, also when both record and take at once', async () => {
    const target = `target-${crypto.randomUUID()}`
    const inputs = await Promise.all(times(40, () => createOne(store())))
    const notices = { cancelled: [target] }
    await Promise.all(inputs.map((input) => store().cancel(input.taskId, ownerOf(input), { notices })))
    const before = await countDeadlocks?.()
    const taken: string[] = []
    const takeAll = async (process: TaskStore) => {
      let outcomes: NoticeOutcome[] = []
      do {
        const given = await process.takeNotices({ outcomes, targets: [target], limit: 4, leaseMs: 60_000 })
        outcomes = given.map(({ task: { taskId }, attempt }) => ({ taskId, target, attempt, outcome: 'delivered' }))
        taken.push(...outcomes.map(({ taskId }) => taskId))
      } while (outcomes.length > 0)
    }
    await Promise.all([takeAll(store()), takeAll(peer()), takeAll(peer())])
    expect(taken.toSorted()).toEqual(inputs.map(({ taskId }) => taskId).toSorted())
    expect(await countDeadlocks?.()).toBe(before)
  })

  it('never deadlocks when two processes report usage of the same tasks in opposite order, and counts each report once', async () => {
    const tenantId = `tenant-${crypto.randomUUID()}`
    const inputs = await Promise.all(
      times(40, (index) => createOne(store(), { tenantId, brandId: `brand-${index % 7}` })),
    )
    const leases = await Promise.all(inputs.map(async (input) => (await claimOne(store(), input)).lease))
    const before = await countDeadlocks?.()
    for (let round = 1; round <= 5; round += 1) {
      await Promise.all([
        ...leases.map((lease, index) => store().report(lease, { usage: usage(round, `model-${index % 3}`) })),
        ...leases
          .toReversed()
          .map((lease, index) =>
            peer().report(lease, { usage: usage(round, `model-${(leases.length - 1 - index) % 3}`) }),
          ),
      ])
      expect(await countDeadlocks?.()).toBe(before)
    }
    const sums = await peer().usage({ tenantId, sums: [{ by: 'tenant' }], limit: 10 })
    expect(sums).toEqual([
      { by: 'tenant', id: tenantId, currency: 'EUR', inputTokens: 400, outputTokens: 200, costMicros: 1_400 },
    ])
  })

  it('returns the whole task to a process that did not claim it', async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    await store().report(lease, { progress: 20, partialResult: { draft: 1 } })
    const failed = await peer().settle(lease, { status: 'failed', errorCode: 'generator_failed', lastError: 'No.' })
    expect(failed).toEqual(await findOne(store(), input))
    expect(failed).toMatchObject({ payload: input.payload, partialResult: { draft: 1 } })
  })

  it('gives each of many tasks to exactly one of two processes', async () => {
    const inputs = await Promise.all(times(60, () => createOne(store())))
    const take = (by: TaskStore, tasks: typeof inputs) =>
      Promise.all(tasks.map(({ taskId, type }) => by.claim({ taskId, knownTypes: [type], leaseMs: 60_000 })))
    const [ours, theirs] = await Promise.all([take(store(), inputs), take(peer(), inputs.toReversed())])
    const winners = [...ours, ...theirs].flatMap((claim) => (claim.outcome === 'claimed' ? claim.lease.taskId : []))
    expect(winners.toSorted()).toEqual(inputs.map(({ taskId }) => taskId).toSorted())
  })

  it('lets one of cancel and completion win, in different processes', async () => {
    const inputs = await Promise.all(times(200, () => createOne(store())))
    const leases = await Promise.all(inputs.map(async (input) => (await claimOne(store(), input)).lease))
    const [settled, cancelled] = await Promise.all([
      Promise.allSettled(leases.map((lease) => store().settle(lease, { status: 'completed', result: 1 }))),
      Promise.all(inputs.toReversed().map((input) => peer().cancel(input.taskId, ownerOf(input)))).then((all) =>
        all.toReversed(),
      ),
    ])
    for (const [index, { status }] of settled.entries()) expect(status === 'fulfilled').toBe(cancelled[index] === null)
  })

  it('makes one task of identical creates in two processes', async () => {
    const userId = `user-${crypto.randomUUID()}`
    const create = (by: TaskStore) =>
      by.create({ tasks: [newTask({ userId })], idempotency: { key: 'k', requestHash: 'h' } })
    const results = await Promise.all(times(50, (index) => create(index % 2 ? store() : peer())))
    expect(new Set(results.map(({ tasks }) => tasks[0]?.taskId)).size).toBe(1)
  })

  it.each(['return', 'refuse', 'replace'] as const)(
    'leaves one task under way when two processes create the same work, with %s',
    async (onConflict) => {
      const userId = `user-${crypto.randomUUID()}`
      const create = (by: TaskStore) => {
        const task = newTask({ userId })
        return by.create({ tasks: [{ ...task, unique: { key: userId, onConflict, scope: ownerOf(task) } }] })
      }
      const before = await countDeadlocks?.()
      const results = await Promise.allSettled(times(50, (index) => create(index % 2 ? store() : peer())))
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(onConflict === 'refuse' ? 1 : 50)
      const filter = { status: ['queued', 'processing'], limit: 100 } as const
      expect((await peer().list(filter, ownerOf(newTask({ userId })))).tasks).toHaveLength(1)
      expect(await countDeadlocks?.()).toBe(before)
    },
  )

  it('lets two processes together run no more of an owner than one may', async () => {
    const userId = `user-${crypto.randomUUID()}`
    const inputs = await Promise.all(times(30, () => createOne(store(), { userId })))
    const claims = await Promise.all(
      inputs.map(({ taskId, type }, index) =>
        (index % 2 ? store() : peer()).claim({ taskId, knownTypes: [type], leaseMs: 60_000, limits: { perUser: 3 } }),
      ),
    )
    expect(claims.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(3)
    expect(claims.filter(({ outcome }) => outcome === 'held')).toHaveLength(27)
  })
}

function usage(sequence: number, model: string): UsageReport {
  return { attempt: 1, sequence, used: [{ model, currency: 'EUR', inputTokens: 2, outputTokens: 1, costMicros: 7 }] }
}
