import { THROUGHPUT_SPANS, type Throughput, type ThroughputSpan } from '@brandkit/core'
import { expect, it } from 'vitest'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, FULL_PASS, ownerOf } from './new-task.js'

const SPANS = Object.keys(THROUGHPUT_SPANS) as ThroughputSpan[]
const tenant = () => `tenant-${crypto.randomUUID()}`
const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
const sums = ({ completed, failed, cancelled }: Throughput) => [sum(completed), sum(failed), sum(cancelled)]

/** What operators see: ends by time, and workers. */
export function describeCountingEnds(store: () => TaskStore): void {
  async function endThree(tenantId: string) {
    const completed = await createOne(store(), { tenantId })
    await store().settle((await claimOne(store(), completed)).lease, { status: 'completed', result: 1 })
    const { lease } = await claimOne(store(), await createOne(store(), { tenantId }))
    await store().settle(lease, { status: 'failed', errorCode: 'generator_refused', lastError: 'No.' })
    const cancelled = await createOne(store(), { tenantId })
    await store().cancel(cancelled.taskId, ownerOf(cancelled))
    return completed
  }

  const workers = async () => (await store().stats()).workers ?? { alive: 0, slots: 0 }
  const sign = (workerId: string, slots: number, aliveMs = 600_000) =>
    store().maintain({ ...FULL_PASS, minIntervalMs: 600_000, worker: { workerId, slots, aliveMs } })

  it.each(SPANS)('counts the tasks that ended in the current bucket of a span, by their end: %s', async (span) => {
    const tenantId = tenant()
    const before = Date.now()
    await endThree(tenantId)
    await claimOne(store(), await createOne(store(), { tenantId }))
    await createOne(store(), { tenantId })
    const throughput = await store().throughput({ span, tenantId })

    const { buckets, bucketMs } = THROUGHPUT_SPANS[span]
    expect(throughput.bucketMs).toBe(bucketMs)
    const from = Date.parse(throughput.from)
    expect(from % bucketMs).toBe(0)
    // A bucket may have begun while the tasks ended.
    expect(from + buckets * bucketMs).toBeGreaterThanOrEqual(before)
    expect(from + (buckets - 1) * bucketMs).toBeLessThanOrEqual(Date.now() + 1_000)
    for (const counts of [throughput.completed, throughput.failed, throughput.cancelled]) {
      expect(counts).toHaveLength(buckets)
      expect(sum(counts.slice(-2))).toBe(1)
    }
    expect(sums(throughput)).toEqual([1, 1, 1])
  })

  it('counts only the ends of the tenant that is named, and all of them without one', async () => {
    const tenantId = tenant()
    await endThree(tenantId)
    expect(sums(await store().throughput({ span: 'hour', tenantId: tenant() }))).toEqual([0, 0, 0])
    for (const count of sums(await store().throughput({ span: 'hour' }))) expect(count).toBeGreaterThan(0)
  })

  it('still counts the end of a task that was deleted', async () => {
    const tenantId = tenant()
    const completed = await endThree(tenantId)
    await store().delete(completed.taskId, ownerOf(completed))
    expect(sums(await store().throughput({ span: 'day', tenantId }))).toEqual([1, 1, 1])
  })

  it('counts a worker with its slots while it says that it lives, also when its pass is skipped', async () => {
    const before = await workers()
    const [one, other] = [crypto.randomUUID(), crypto.randomUUID()]
    await sign(one, 10)
    await sign(other, 4)
    await sign(other, 5)
    expect(await workers()).toEqual({ alive: before.alive + 2, slots: before.slots + 15 })
    await sign(one, 10, 0)
    expect(await workers()).toEqual({ alive: before.alive + 1, slots: before.slots + 5 })
    await sign(other, 5, 0)
    expect(await workers()).toEqual(before)
  })
}
