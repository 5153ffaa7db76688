import { expect, it } from 'vitest'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, FULL_PASS } from './new-task.js'

export function describeDeadlines(store: () => TaskStore): void {
  /** The deadline has already passed at the claim. */
  const late = { deadlineMs: 0 }

  it('says at claim how much time is left', async () => {
    const within = await claimOne(store(), await createOne(store(), { deadlineMs: 60_000 }))
    expect(within.deadlineInMs).toBeGreaterThan(30_000)
    expect(within.deadlineInMs).toBeLessThanOrEqual(60_000)
    expect((await claimOne(store(), await createOne(store()))).deadlineInMs).toBeUndefined()
  })

  it('fails what is not started in time', async () => {
    const input = await createOne(store(), late)
    await store().maintain(FULL_PASS)
    expect(await findOne(store(), input)).toMatchObject({ status: 'failed', errorCode: 'deadline_exceeded' })
  })

  it('counts from the time at which the task is due', async () => {
    const input = await createOne(store(), { ...late, runAt: new Date(Date.now() + 3_600_000).toISOString() })
    await store().maintain(FULL_PASS)
    expect((await findOne(store(), input)).status).toBe('queued')
  })

  it('lets no heartbeat outlive it, and no attempt follow', async () => {
    const input = await createOne(store(), late)
    const { lease } = await claimOne(store(), input)
    await store().beat(lease, { leaseMs: 60_000 })
    await store().maintain(FULL_PASS)
    expect(await findOne(store(), input)).toMatchObject({
      status: 'failed',
      errorCode: 'deadline_exceeded',
      attempt: 1,
    })
  })

  it.each(['retry', 'release', 'unstarted'] as const)('ends the task at a %s that comes after it', async (status) => {
    const input = await createOne(store(), late)
    const { lease } = await claimOne(store(), input)
    const failure = { errorCode: 'generator_failed', lastError: 'Not this time.' } as const
    const ended = await store().settle(lease, status === 'retry' ? { status, delayMs: 0, ...failure } : { status })
    expect(ended).toMatchObject({ status: 'failed', errorCode: 'deadline_exceeded' })
  })

  it('takes a result that comes a little late, since the work is done', async () => {
    const { lease } = await claimOne(store(), await createOne(store(), late))
    expect((await store().settle(lease, { status: 'completed', result: 1 })).status).toBe('completed')
  })
}
