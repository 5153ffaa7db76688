import { expect, it } from 'vitest'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, ownerOf } from './new-task.js'

export function describeDeleting(store: () => TaskStore): void {
  async function endedTask() {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    await store().checkpoint(lease, { step: 'channels', output: ['radio'] })
    await store().settle(lease, { status: 'completed', result: { plan: 'secret' } })
    return input
  }

  it('empties an ended task and leaves its tombstone', async () => {
    const input = await endedTask()
    const deleted = await store().delete(input.taskId, ownerOf(input))
    expect(deleted).toMatchObject({ taskId: input.taskId, status: 'completed', purgedAt: expect.any(String) as string })
    const found = await findOne(store(), input)
    expect(found).not.toHaveProperty('payload')
    expect(found).not.toHaveProperty('result')
    expect(found.steps).toEqual([])
    expect((await store().list({ limit: 10 }, ownerOf(input))).tasks).toEqual([])
  })

  it('may be asked twice, and changes nothing the second time', async () => {
    const input = await endedTask()
    const first = await store().delete(input.taskId, ownerOf(input))
    expect(await store().delete(input.taskId, ownerOf(input))).toEqual(first)
  })

  it('leaves alone what is under way, unknown, or somebody else’s', async () => {
    const queued = await createOne(store())
    const ended = await endedTask()
    expect(await store().delete(queued.taskId, ownerOf(queued))).toBeNull()
    expect(await store().delete(ended.taskId, ownerOf(queued))).toBeNull()
    expect(await store().delete(crypto.randomUUID(), ownerOf(queued))).toBeNull()
    expect((await findOne(store(), ended)).result).toEqual({ plan: 'secret' })
  })
}
