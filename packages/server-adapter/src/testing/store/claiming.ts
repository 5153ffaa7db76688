import { expect, it } from 'vitest'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, FULL_PASS, KNOWN_TYPES, ownerOf, times } from './new-task.js'

export function describeClaiming(store: () => TaskStore): void {
  const claim = (taskId: string, leaseMs = 60_000) => store().claim({ taskId, knownTypes: KNOWN_TYPES, leaseMs })

  it('gives a due task to exactly one of many workers', async () => {
    const { taskId } = await createOne(store())
    const claims = await Promise.all(times(8, () => claim(taskId)))
    expect(claims.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1)
    expect(claims.filter(({ outcome }) => outcome === 'busy')).toHaveLength(7)
  })

  it('makes one attempt of 50 deliveries', async () => {
    const input = await createOne(store())
    await Promise.all(times(50, () => claim(input.taskId)))
    expect(await findOne(store(), input)).toMatchObject({ status: 'processing', attempt: 1 })
  })

  it('counts the attempt and starts the clock at claim', async () => {
    const input = await createOne(store())
    const { task, lease, checkpoints } = await claimOne(store(), input)
    expect(task).toMatchObject({
      status: 'processing',
      attempt: 1,
      payload: input.payload,
      startedAt: expect.any(String) as string,
    })
    expect(lease).toEqual({ taskId: input.taskId, tenantId: input.tenantId, epoch: task.epoch })
    expect(checkpoints.size).toBe(0)
  })

  it('leaves a task of a version that the caller does not know to one that does', async () => {
    const { taskId, type } = await createOne(store(), { typeVersion: 2 })
    const claimAs = (version: number) =>
      store().claim({ taskId, knownTypes: KNOWN_TYPES, typeVersions: new Map([[type, version]]), leaseMs: 60_000 })
    expect(await claimAs(1)).toEqual({ outcome: 'over' })
    expect(await claimAs(2)).toMatchObject({ outcome: 'claimed', task: { typeVersion: 2 } })
  })

  it('says how long until a scheduled task is due', async () => {
    const { taskId } = await createOne(store(), { runAt: new Date(Date.now() + 3_600_000).toISOString() })
    const answer = await claim(taskId)
    expect(answer).toEqual({
      outcome: 'early',
      dueInMs: expect.toSatisfy((ms: number) => ms > 3_500_000 && ms <= 3_600_000) as number,
    })
  })

  it('takes a task whose time has come', async () => {
    const { taskId } = await createOne(store(), { runAt: '2020-01-01T00:00:00Z' })
    expect((await claim(taskId)).outcome).toBe('claimed')
  })

  it('says how long the lease of another worker lives', async () => {
    const input = await createOne(store())
    await claimOne(store(), input)
    const answer = await claim(input.taskId)
    expect(answer).toEqual({
      outcome: 'busy',
      leaseMs: expect.toSatisfy((ms: number) => ms > 30_000 && ms <= 60_000) as number,
    })
  })

  it('leaves alone what is over, unknown, or of a type that this worker does not know', async () => {
    const cancelled = await createOne(store())
    await store().cancel(cancelled.taskId, ownerOf(cancelled))
    const foreign = await createOne(store(), { type: 'GENERATE_TRENDS' })
    for (const taskId of [cancelled.taskId, foreign.taskId, crypto.randomUUID(), "';\u0000drop"]) {
      expect(await claim(taskId)).toEqual({ outcome: 'over' })
    }
    expect((await findOne(store(), foreign)).status).toBe('queued')
  })

  it('never lets a lease outlive the time-out of the attempt, however often it beats', async () => {
    const input = await createOne(store(), { timeoutMs: 0 })
    const { lease } = await claimOne(store(), input)
    await store().beat(lease, { leaseMs: 60_000 })
    await store().maintain(FULL_PASS)
    expect(await findOne(store(), input)).toMatchObject({ status: 'queued', errorCode: 'worker_lost' })
  })

  it('claims many different tasks at once', async () => {
    const inputs = await Promise.all(times(40, () => createOne(store())))
    const claims = await Promise.all(inputs.map((input) => claimOne(store(), input)))
    expect(claims.map(({ task }) => task.taskId)).toEqual(inputs.map(({ taskId }) => taskId))
  })
}
