import { expect, it } from 'vitest'
import type { NewStoredTask, TaskStore } from '../../store/task-store.js'
import type { StoredUsage, UsageQuery } from '../../store/store-usage.js'
import { claimOne, createOne, findOne, ownerOf, times } from './new-task.js'

/** A new tenant for each case, so that cases do not see each other's sums. */
const tenant = () => `tenant-${crypto.randomUUID()}`
const THIS_MONTH = { limit: 10 }

/** A cost that no binary fraction holds: sums of floating numbers would drift. */
function used(more: Partial<StoredUsage> = {}): StoredUsage {
  return { model: 'small', currency: 'EUR', inputTokens: 100, outputTokens: 10, costMicros: 100_001, ...more }
}

export function describeSpending(store: () => TaskStore): void {
  const start = async (overrides: Partial<NewStoredTask>) => {
    const input = await createOne(store(), overrides)
    const { lease } = await claimOne(store(), input)
    return { input, lease }
  }
  const sums = (query: Omit<UsageQuery, 'limit'>) => store().usage({ ...THIS_MONTH, ...query })
  const costOf = async (tenantId: string) => {
    const found = await sums({ tenantId, sums: [{ by: 'tenant', id: tenantId }] })
    return found.map(({ costMicros }) => costMicros)
  }

  it('shows what each model has used, by its currency, exactly', async () => {
    const { input, lease } = await start({ tenantId: tenant() })
    const reports = times(10, (index) => ({ attempt: 1, sequence: index + 1, used: [used()] }))
    for (const usage of reports) await store().report(lease, { usage })
    const free = used({ model: '', currency: '', costMicros: 0 })
    await store().report(lease, { usage: { attempt: 1, sequence: 11, used: [used({ currency: 'USD' }), free] } })

    const settled = await store().settle(lease, { status: 'completed', result: 1 })
    expect(settled.usage).toEqual([
      free,
      used({ inputTokens: 1_000, outputTokens: 100, costMicros: 1_000_010 }),
      used({ currency: 'USD' }),
    ])
    expect(await findOne(store(), input)).toEqual(settled)
  })

  it('counts a report once, however often and in whatever order it arrives', async () => {
    const tenantId = tenant()
    const { input, lease } = await start({ tenantId })
    const reports = times(4, (index) => ({ attempt: 1, sequence: index + 1, used: [used()] }))
    await Promise.all([...reports, ...reports].map((usage) => store().report(lease, { usage })))
    for (const usage of reports.toReversed()) await store().report(lease, { usage })

    expect((await findOne(store(), input)).usage).toEqual([
      used({ inputTokens: 400, outputTokens: 40, costMicros: 400_004 }),
    ])
    expect(await costOf(tenantId)).toEqual([400_004])
  })

  it('keeps what failed attempts have used, attempt by attempt', async () => {
    const tenantId = tenant()
    const { input, lease } = await start({ tenantId })
    await store().report(lease, { usage: { attempt: 1, sequence: 1, used: [used()] } })
    await store().settle(lease, { status: 'retry', delayMs: 0, errorCode: 'generator_failed', lastError: 'No.' })
    const second = await claimOne(store(), input)
    // The second attempt counts its reports from 1, too.
    await store().report(second.lease, { usage: { attempt: 2, sequence: 1, used: [used(), used({ model: 'large' })] } })
    await store().settle(second.lease, { status: 'failed', errorCode: 'generator_refused', lastError: 'No.' })

    expect((await findOne(store(), input)).usage).toEqual([
      used({ model: 'large' }),
      used({ inputTokens: 200, outputTokens: 20, costMicros: 200_002 }),
    ])
    const one = { by: 'attempt', currency: 'EUR', inputTokens: 100, outputTokens: 10, costMicros: 100_001 }
    expect(await sums({ tenantId, sums: [{ by: 'attempt', id: input.taskId }] })).toEqual([
      { ...one, id: '1' },
      { ...one, id: '2', inputTokens: 200, outputTokens: 20, costMicros: 200_002 },
    ])
    expect(await sums({ tenantId: tenant(), sums: [{ by: 'attempt', id: input.taskId }] })).toEqual([])
  })

  it('stores what was spent though the task was cancelled or has another owner, and says that the lease is lost', async () => {
    const tenantId = tenant()
    const cancelled = await start({ tenantId })
    await store().cancel(cancelled.input.taskId, ownerOf(cancelled.input))
    const overtaken = await start({ tenantId })
    await store().settle(overtaken.lease, { status: 'release' })
    const { lease: next } = await claimOne(store(), overtaken.input)

    for (const { input, lease } of [cancelled, overtaken]) {
      const before = await findOne(store(), input)
      const late = store().report(lease, { usage: { attempt: 1, sequence: 1, used: [used()] } })
      await expect(late).rejects.toMatchObject({ code: 'ownership_lost' })
      expect(await findOne(store(), input)).toMatchObject({
        usage: [used()],
        status: before.status,
        epoch: before.epoch,
      })
    }
    expect(await costOf(tenantId)).toEqual([200_002])
    await expect(store().beat(next, { leaseMs: 60_000 })).resolves.toBeUndefined()
  })

  it('takes no usage of an attempt that never was', async () => {
    const tenantId = tenant()
    const { input, lease } = await start({ tenantId })
    const usage = { attempt: 1, sequence: 1, used: [used()] }
    for (const never of [
      { ...lease, epoch: lease.epoch + 1 },
      { ...lease, epoch: 0 },
      { ...lease, taskId: 'none' },
    ])
      await expect(store().report(never, { usage })).rejects.toMatchObject({ code: 'ownership_lost' })
    expect((await findOne(store(), input)).usage).toBeUndefined()
    expect(await costOf(tenantId)).toEqual([])
  })

  it('sums a month by tenant, user, brand, type and model, the greatest first', async () => {
    const tenantId = tenant()
    const spenders = [
      { userId: 'ada', brandId: 'aurora', type: 'GENERATE_MEDIA_PLAN', costMicros: 5 },
      { userId: 'ada', brandId: 'borealis', type: 'GENERATE_MEDIA_PLAN', costMicros: 7 },
      { userId: 'grace', brandId: 'aurora', type: 'GENERATE_MEDIA_PLAN', costMicros: 30 },
    ]
    for (const { costMicros, ...task } of spenders) {
      const { lease } = await start({ tenantId, ...task })
      await store().report(lease, { usage: { attempt: 1, sequence: 1, used: [used({ costMicros })] } })
    }
    const costs = async (by: 'tenant' | 'user' | 'brand' | 'type' | 'model', limit = 10) =>
      (await store().usage({ tenantId, sums: [{ by }], limit })).map((sum) => [sum.id, sum.costMicros])

    expect(await costs('tenant')).toEqual([[tenantId, 42]])
    expect(await costs('user')).toEqual([['grace', 30], ['ada', 12]]) // prettier-ignore
    expect(await costs('user', 1)).toEqual([['grace', 30]])
    expect(await costs('brand')).toEqual([['aurora', 35], ['borealis', 7]]) // prettier-ignore
    expect(await costs('type')).toEqual([['GENERATE_MEDIA_PLAN', 42]])
    expect(await costs('model')).toEqual([['small', 42]])
    const asked = [{ by: 'user', id: 'ada' }, { by: 'brand', id: 'none' }, { by: 'brand', id: 'borealis' }] as const // prettier-ignore
    expect((await sums({ tenantId, sums: asked })).map(({ by, id }) => [by, id])).toEqual([
      ['user', 'ada'],
      ['brand', 'borealis'],
    ])
    expect(await sums({ tenantId, month: '2001-01', sums: [{ by: 'user' }] })).toEqual([])
    expect((await sums({ sums: [{ by: 'tenant', id: tenantId }] }))[0]?.costMicros).toBe(42)
  })

  it('keeps the sums of the month when the task is emptied', async () => {
    const tenantId = tenant()
    const { input, lease } = await start({ tenantId })
    await store().report(lease, { usage: { attempt: 1, sequence: 1, used: [used()] } })
    await store().settle(lease, { status: 'completed', result: 1 })
    await store().delete(input.taskId, ownerOf(input))
    expect(await costOf(tenantId)).toEqual([100_001])
  })

  it('tells watchers of usage as a new version, and counts the attempt as begun', async () => {
    const input = await createOne(store(), { tenantId: tenant() })
    const { lease, task } = await claimOne(store(), input)
    await store().report(lease, { progress: 5, usage: { attempt: 1, sequence: 1, used: [used()] } })
    const found = await findOne(store(), input)
    expect(found.version).toBeGreaterThan(task.version)
    expect(found.progress).toBe(5)
  })

  it('gives a worker the tier that a task was created with', async () => {
    const input = await createOne(store(), { tier: 'premium' })
    const plain = await createOne(store())
    expect((await claimOne(store(), input)).task.tier).toBe('premium')
    expect((await claimOne(store(), plain)).task.tier).toBeUndefined()
  })
}
