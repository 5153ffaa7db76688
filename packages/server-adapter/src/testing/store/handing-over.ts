import { expect, it } from 'vitest'
import type { NewStoredTask, TaskStore } from '../../store/task-store.js'
import { findOne, FULL_PASS, KNOWN_TYPES, newTask, times } from './new-task.js'

/** A create whose caller has a free slot, and claims in the insert. */
export function describeHandingOver(store: () => TaskStore): void {
  async function createClaimed(overrides: Partial<NewStoredTask> = {}, leaseMs = 60_000) {
    const input = newTask(overrides)
    const { tasks } = await store().create({ tasks: [input], claim: { leaseMs } })
    const [task] = tasks
    if (!task) throw new Error('Nothing was created.')
    return { input, task, lease: { taskId: input.taskId, tenantId: input.tenantId, epoch: task.epoch } }
  }
  const claim = (taskId: string) => store().claim({ taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000 })

  it('gives the caller the first attempt of what it inserts', async () => {
    const { input, task, lease } = await createClaimed()
    expect(task).toMatchObject({ status: 'processing', attempt: 1, epoch: 1, version: 1, startedAt: task.createdAt })
    expect(await findOne(store(), input)).toEqual(task)
    expect(await claim(input.taskId)).toMatchObject({ outcome: 'busy' })
    expect(await store().settle(lease, { status: 'completed', result: 1 })).toMatchObject({
      status: 'completed',
      attempt: 1,
      result: 1,
    })
  })

  it('claims nothing for a caller that did not ask, even in the same moment', async () => {
    const inputs = times(20, () => newTask())
    const created = await Promise.all(
      inputs.map((task, index) =>
        store().create({ tasks: [task], ...(index % 2 === 0 && { claim: { leaseMs: 60_000 } }) }),
      ),
    )
    expect(created.map(({ tasks }) => tasks[0]?.status)).toEqual(
      inputs.map((_, index) => (index % 2 === 0 ? 'processing' : 'queued')),
    )
  })

  it('claims no task that is not due', async () => {
    const { task } = await createClaimed({ runAt: new Date(Date.now() + 3_600_000).toISOString() })
    expect(task).toMatchObject({ status: 'queued', attempt: 0, epoch: 0 })
  })

  it('claims nothing for a replay, whoever runs the task by now', async () => {
    const { userId } = newTask()
    const create = () =>
      store().create({
        tasks: [newTask({ userId })],
        idempotency: { key: 'k', requestHash: 'h' },
        claim: { leaseMs: 60_000 },
      })
    const answers = await Promise.all(times(10, create))
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(new Set(answers.map(({ tasks }) => tasks[0]?.taskId)).size).toBe(1)
    for (const { tasks } of answers) expect(tasks[0]).toMatchObject({ attempt: 1, epoch: 1 })
  })

  it('never lets the lease outlive the time-out of the attempt', async () => {
    const { input } = await createClaimed({ timeoutMs: 0 })
    await store().maintain(FULL_PASS)
    expect((await findOne(store(), input)).status).toBe('queued')
  })

  it('costs no attempt when its worker is lost before the start', async () => {
    const { input, lease } = await createClaimed({ maxRetries: 0 }, 0)
    const outcome = await store().maintain(FULL_PASS)
    expect(outcome?.deliver.map(({ taskId }) => taskId)).toContain(input.taskId)
    expect(await findOne(store(), input)).toMatchObject({ status: 'queued', attempt: 0, errorCode: 'worker_lost' })
    await expect(store().settle(lease, { status: 'completed', result: 1 })).rejects.toMatchObject({
      code: 'ownership_lost',
    })
    expect(await claim(input.taskId)).toMatchObject({ outcome: 'claimed', task: { attempt: 1 } })
  })

  it.each(['beat', 'report'] as const)('costs the attempt once its worker has written: %s', async (write) => {
    const { input, lease } = await createClaimed({ maxRetries: 0 }, 0)
    if (write === 'beat') await store().beat(lease, { leaseMs: 0 })
    else await store().report(lease, { progress: 1 })
    await store().maintain(FULL_PASS)
    expect(await findOne(store(), input)).toMatchObject({ status: 'failed', attempt: 1, errorCode: 'worker_lost' })
  })

  it('costs the next attempt when a worker is lost again', async () => {
    const { input } = await createClaimed({ maxRetries: 1 }, 0)
    await store().maintain(FULL_PASS)
    await store().claim({ taskId: input.taskId, knownTypes: KNOWN_TYPES, leaseMs: 0 })
    await store().maintain(FULL_PASS)
    expect(await findOne(store(), input)).toMatchObject({ status: 'queued', attempt: 1 })
  })

  it('takes back an attempt that was never started, for nothing and for another worker', async () => {
    const { input, lease } = await createClaimed({ maxRetries: 0 })
    expect(await store().settle(lease, { status: 'unstarted' })).toMatchObject({ status: 'queued', attempt: 0 })
    expect(await claim(input.taskId)).toMatchObject({ outcome: 'claimed', task: { attempt: 1 } })
  })
}
