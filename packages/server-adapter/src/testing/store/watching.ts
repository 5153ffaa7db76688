import { expect, it, vi } from 'vitest'
import type { TaskChange, TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, ownerOf, times } from './new-task.js'

export function describeWatching(store: () => TaskStore): void {
  const record = () => {
    const seen: TaskChange[] = []
    const following = new Set<string>()
    const stop = store().watch({ onChanges: (changes) => seen.push(...changes), following: () => following })
    return { seen, following, stop }
  }

  it('announces the last version of every change, with its owner', async () => {
    const { seen, following, stop } = record()
    const input = await createOne(store())
    following.add(input.taskId)
    const { lease } = await claimOne(store(), input)
    await store().report(lease, { progress: 10 })
    const settled = await store().settle(lease, { status: 'completed', result: 1 })
    const { taskId, tenantId, userId } = input
    await vi.waitFor(
      () =>
        expect(seen).toContainEqual({
          taskId,
          tenantId,
          userId,
          version: settled.version,
          status: 'completed',
          epoch: settled.epoch,
        }),
      { timeout: 5_000 },
    )
    stop()
  })

  it('announces many changes made at once, all of them', async () => {
    const { seen, following, stop } = record()
    const inputs = await Promise.all(
      times(200, () => createOne(store(), { userId: `${'ü'.repeat(190)}${crypto.randomUUID().slice(0, 8)}` })),
    )
    for (const { taskId } of inputs) following.add(taskId)
    await Promise.all(inputs.map((input) => store().cancel(input.taskId, ownerOf(input))))
    await vi.waitFor(
      () => {
        const cancelled = new Set(seen.filter(({ status }) => status === 'cancelled').map(({ taskId }) => taskId))
        expect(inputs.filter(({ taskId }) => !cancelled.has(taskId))).toEqual([])
      },
      { timeout: 5_000 },
    )
    stop()
  })

  it('says nothing more to a watcher that has stopped', async () => {
    const stopped = record()
    stopped.stop()
    const { seen, following, stop } = record()
    const input = await createOne(store())
    following.add(input.taskId)
    await store().cancel(input.taskId, ownerOf(input))
    await vi.waitFor(() => expect(seen.some(({ status }) => status === 'cancelled')).toBe(true), { timeout: 5_000 })
    expect(stopped.seen).toEqual([])
    stop()
  })
}
