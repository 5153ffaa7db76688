import { expect, it } from 'vitest'
import type { NewStoredTask, TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, KNOWN_TYPES, times } from './new-task.js'

/** A new tenant for each case, so that cases do not see each other's tasks. */
const tenant = () => `tenant-${crypto.randomUUID()}`

export function describeOutlook(store: () => TaskStore): void {
  const [TYPE] = KNOWN_TYPES
  const waiting = async (tenantId: string, limit = 100) =>
    (await store().outlook({ tenantId, types: [], limit })).waiting.map(({ taskId }) => taskId)

  async function complete(input: NewStoredTask): Promise<number> {
    const { lease } = await claimOne(store(), input)
    await store().settle(lease, { status: 'completed', result: 1 })
    const { startedAt = '', completedAt = '' } = await findOne(store(), input)
    return Date.parse(completedAt) - Date.parse(startedAt)
  }

  it('names what waits in the order in which it will be started: urgent first, then by age', async () => {
    const tenantId = tenant()
    const low = await createOne(store(), { tenantId, priority: 'low' })
    const later = await createOne(store(), { tenantId, runAt: '2026-01-01T00:00:02Z' })
    const earlier = await createOne(store(), { tenantId, runAt: '2026-01-01T00:00:01Z' })
    const high = await createOne(store(), { tenantId, priority: 'high' })
    const ids = [high, earlier, later, low].map(({ taskId }) => taskId)
    expect(await waiting(tenantId)).toEqual(ids)
    expect(await waiting(tenantId, 2)).toEqual(ids.slice(0, 2))
    expect(await waiting(tenantId, 0)).toEqual([])
  })

  it('names only what could be started now, with its type, and counts what runs', async () => {
    const tenantId = tenant()
    const due = await createOne(store(), { tenantId, type: 'GENERATE_TRENDS' })
    await createOne(store(), { tenantId, runAt: new Date(Date.now() + 3_600_000).toISOString() })
    await claimOne(store(), await createOne(store(), { tenantId }))
    await complete(await createOne(store(), { tenantId }))
    expect(await store().outlook({ tenantId, types: [], limit: 10 })).toEqual({
      waiting: [{ taskId: due.taskId, type: 'GENERATE_TRENDS' }],
      processing: 1,
      durations: {},
    })
  })

  it('names last what a limit holds back', async () => {
    const tenantId = tenant()
    const userId = `user-${crypto.randomUUID()}`
    await claimOne(store(), await createOne(store(), { tenantId, userId }))
    const held = await createOne(store(), { tenantId, userId, priority: 'high' })
    await store().claim({ taskId: held.taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000, limits: { perUser: 1 } })
    const free = await createOne(store(), { tenantId, priority: 'low' })
    expect(await waiting(tenantId)).toEqual([free.taskId, held.taskId])
  })

  it('tells how long completed tasks of a type took, the latest first, and nothing of others', async () => {
    const tenantId = tenant()
    const took: number[] = []
    for (const input of await Promise.all(times(3, () => createOne(store(), { tenantId }))))
      took.push(await complete(input))
    const failed = await claimOne(store(), await createOne(store(), { tenantId }))
    await store().settle(failed.lease, { status: 'failed', errorCode: 'generator_refused', lastError: 'No.' })
    await complete(await createOne(store(), { tenantId: tenant() }))

    const { durations } = await store().outlook({ tenantId, types: [TYPE, 'GENERATE_TRENDS'], limit: 0 })
    expect(Object.keys(durations)).toEqual([TYPE])
    // Stores may keep finer times than they show.
    const differences = (durations[TYPE] ?? []).map((ms, index) => Math.abs(ms - (took.toReversed()[index] ?? NaN)))
    expect(differences).toHaveLength(3)
    expect(Math.max(...differences)).toBeLessThanOrEqual(1)
  })

  it('looks at the whole store when no tenant is named, and tells of 200 durations at most', async () => {
    const tenantId = tenant()
    await Promise.all(times(210, async () => complete(await createOne(store(), { tenantId }))))
    const { durations } = await store().outlook({ types: [TYPE], limit: 0 })
    expect(durations[TYPE]).toHaveLength(200)
  })
}
