import { expect, it, vi } from 'vitest'
import type { TaskOwner } from '../../principal.js'
import type { TaskStore } from '../../store/task-store.js'
import type { TaskChange } from '../../store/task-watcher.js'
import { claimOne, createOne, ownerOf, times } from './new-task.js'

export function describeWatching(store: () => TaskStore): void {
  const record = () => {
    const seen: TaskChange[] = []
    const following = new Set<string>()
    const owners: TaskOwner[] = []
    const stop = store().watch({
      onChanges: (changes) => seen.push(...changes),
      following: () => following,
      owners: () => owners,
    })
    return { seen, following, owners, stop }
  }

  it('tells of the last version of every change, with its owner', async () => {
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
      { timeout: 60_000 },
    )
    stop()
  })

  it('tells of many changes made at once, all of them', async () => {
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
      { timeout: 60_000 },
    )
    stop()
  })

  it.each(['a user', 'a tenant'] as const)(
    'tells what becomes of the tasks of %s that is followed, also of those that another creates, to their very end',
    async (kind) => {
      const { seen, owners, stop } = record()
      const tenantId = `tenant-${crypto.randomUUID()}`
      const userId = `user-${crypto.randomUUID()}`
      owners.push(kind === 'a user' ? { reach: 'own', tenantId, userId } : { reach: 'tenant', tenantId })
      const waiting = await createOne(store(), { tenantId, userId })
      const brief = await createOne(store(), { tenantId, userId })
      const { lease } = await claimOne(store(), brief)
      const ended = await store().settle(lease, { status: 'completed', result: 1 })
      const expected = [
        { taskId: waiting.taskId, tenantId, userId, version: 1, status: 'queued' },
        { taskId: brief.taskId, tenantId, userId, version: ended.version, status: 'completed' },
      ]
      await vi.waitFor(
        () => {
          for (const change of expected) expect(seen).toContainEqual(expect.objectContaining(change))
        },
        { timeout: 60_000 },
      )
      stop()
    },
  )

  it('says nothing more to a watcher that has stopped', async () => {
    const stopped = record()
    stopped.stop()
    const { seen, following, stop } = record()
    const input = await createOne(store())
    following.add(input.taskId)
    await store().cancel(input.taskId, ownerOf(input))
    await vi.waitFor(() => expect(seen.some(({ status }) => status === 'cancelled')).toBe(true), { timeout: 60_000 })
    expect(stopped.seen).toEqual([])
    stop()
  })
}
