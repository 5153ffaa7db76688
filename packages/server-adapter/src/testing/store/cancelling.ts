import { expect, it } from 'vitest'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, newTask, ownerOf, times } from './new-task.js'

export function describeCancelling(store: () => TaskStore): void {
  it('cancels a waiting task and a running one', async () => {
    const waiting = await createOne(store())
    const running = await createOne(store())
    const { lease } = await claimOne(store(), running)
    expect(await store().cancel(waiting.taskId, ownerOf(waiting))).toMatchObject({
      status: 'cancelled',
      completedAt: expect.any(String) as string,
    })
    const cancelled = await store().cancel(running.taskId, ownerOf(running))
    expect(cancelled?.status).toBe('cancelled')
    expect(cancelled?.epoch).toBeGreaterThan(lease.epoch)
  })

  it('answers null for what is over, and changes nothing', async () => {
    const input = await createOne(store())
    await store().cancel(input.taskId, ownerOf(input))
    const before = await findOne(store(), input)
    expect(await store().cancel(input.taskId, ownerOf(input))).toBeNull()
    expect(await findOne(store(), input)).toEqual(before)
  })

  it('answers null for the task of another user, tenant or brand, and for nonsense', async () => {
    const input = newTask()
    await store().create({ tasks: [input] })
    const owner = ownerOf(input)
    expect(await store().cancel(input.taskId, { ...owner, userId: 'eve' })).toBeNull()
    expect(await store().cancel(input.taskId, { ...owner, tenantId: 'globex' })).toBeNull()
    expect(await store().cancel(input.taskId, { ...owner, brandIds: ['borealis'] })).toBeNull()
    expect(await store().cancel(input.taskId, { ...owner, brandIds: [] })).toBeNull()
    expect(await store().cancel('\u0000', owner)).toBeNull()
    expect((await findOne(store(), input)).status).toBe('queued')
  })

  it('lets an operator cancel within the tenant', async () => {
    const input = await createOne(store())
    expect(await store().cancel(input.taskId, { reach: 'tenant', tenantId: 'acme' })).toMatchObject({
      status: 'cancelled',
    })
  })

  it('is asked many times at once and does it once', async () => {
    const input = await createOne(store())
    const answers = await Promise.all(times(10, () => store().cancel(input.taskId, ownerOf(input))))
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  it('races completion 500 times: never both, never neither', async () => {
    const inputs = await Promise.all(times(500, () => createOne(store())))
    const leases = await Promise.all(inputs.map(async (input) => (await claimOne(store(), input)).lease))
    const races = await Promise.all(
      inputs.map(async (input, index) => {
        const settle = () =>
          store()
            .settle(leases[index]!, { status: 'completed', result: index })
            .then(
              () => true,
              () => false,
            )
        const cancel = () => store().cancel(input.taskId, ownerOf(input)).then(Boolean)
        // Either call may reach the database first.
        if (index % 2) return Promise.all([settle(), cancel()])
        const [cancelled, completed] = await Promise.all([cancel(), settle()])
        return [completed, cancelled]
      }),
    )
    expect(races.filter(([completed, cancelled]) => completed === cancelled)).toEqual([])
    const ids = inputs.map(({ taskId }) => taskId)
    const found = await store().find(ids, { reach: 'tenant', tenantId: inputs[0]!.tenantId })
    const statuses = new Map(found.map(({ taskId, status }) => [taskId, status]))
    expect(ids.map((id) => statuses.get(id))).toEqual(
      races.map(([completed]) => (completed ? 'completed' : 'cancelled')),
    )
  })
}
