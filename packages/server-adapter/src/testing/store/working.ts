import { expect, it } from 'vitest'
import type { TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, FULL_PASS, ownerOf, times } from './new-task.js'

export function describeWorking(store: () => TaskStore): void {
  const start = async () => {
    const input = await createOne(store())
    const { lease, task } = await claimOne(store(), input)
    return { input, lease, task }
  }

  it('shows progress, the running step and a partial result', async () => {
    const { input, lease, task } = await start()
    await store().report(lease, { progress: 12.5, currentStep: 'channels', partialResult: { found: ['search'] } })
    const found = await findOne(store(), input)
    expect(found).toMatchObject({ progress: 12.5, currentStep: 'channels', partialResult: { found: ['search'] } })
    expect(found.version).toBeGreaterThan(task.version)
    expect(found.steps[0]).toMatchObject({ status: 'running', startedAt: expect.any(String) as string })
    expect(found.steps[1]).toEqual({ key: 'budget', title: 'Splitting the budget', status: 'pending' })
  })

  it('keeps the last partial result of a task that fails or waits for its next attempt, and drops it for the result', async () => {
    const ends = [
      { status: 'retry', delayMs: 0, errorCode: 'generator_failed', lastError: 'No.' },
      { status: 'failed', errorCode: 'generator_refused', lastError: 'No.' },
      { status: 'completed', result: { whole: true } },
    ] as const
    const kept = await Promise.all(
      ends.map(async (end) => {
        const { input, lease } = await start()
        await store().report(lease, { partialResult: { found: 1 } })
        await store().report(lease, { partialResult: { found: 2 } })
        await store().settle(lease, end)
        return (await findOne(store(), input)).partialResult
      }),
    )
    expect(kept).toEqual([{ found: 2 }, { found: 2 }, undefined])
  })

  it('never moves progress backward, whatever order reports arrive in', async () => {
    const { input, lease } = await start()
    await Promise.all([30, 70, 10, 50].map((progress) => store().report(lease, { progress })))
    await store().report(lease, { progress: 20 })
    expect((await findOne(store(), input)).progress).toBe(70)
  })

  it('shows no 100 before the end', async () => {
    const { input, lease } = await start()
    await store().report(lease, { progress: 100 })
    expect((await findOne(store(), input)).progress).toBeLessThan(100)
  })

  it('keeps every checkpoint, also when all come at once, and gives them to the next attempt', async () => {
    const { input, lease } = await start()
    await Promise.all(
      times(20, (index) => store().checkpoint(lease, { step: `step-${index}`, output: { index, nul: '\u0000' } })),
    )
    await store().settle(lease, { status: 'release' })
    const { checkpoints } = await claimOne(store(), input)
    expect(checkpoints.size).toBe(20)
    expect(checkpoints.get('step-7')).toEqual({ index: 7, nul: '\u0000' })
  })

  it('shows a checkpointed step as completed and raises progress', async () => {
    const { input, lease } = await start()
    await store().report(lease, { currentStep: 'channels' })
    await store().checkpoint(lease, { step: 'channels', output: null, progress: 40 })
    const found = await findOne(store(), input)
    expect(found.progress).toBe(40)
    expect(found.steps[0]).toMatchObject({ status: 'completed', completedAt: expect.any(String) as string })
  })

  it('keeps a checkpoint, a report and the end that come together: none is lost, none overtakes', async () => {
    const { input, lease } = await start()
    const [, , settled] = await Promise.all([
      store().report(lease, { progress: 50, partialResult: 'half' }),
      store().checkpoint(lease, { step: 'channels', output: 1 }),
      store().settle(lease, { status: 'completed', result: { ok: true } }),
    ])
    expect(settled).toMatchObject({ status: 'completed', progress: 100, result: { ok: true } })
    expect((await findOne(store(), input)).steps[0]).toMatchObject({ status: 'completed' })
  })

  it('refuses every write of a worker whose task was cancelled', async () => {
    const { input, lease } = await start()
    await store().cancel(input.taskId, ownerOf(input))
    const writes = [
      store().beat(lease, { leaseMs: 1_000 }),
      store().report(lease, { progress: 99 }),
      store().checkpoint(lease, { step: 'channels', output: 1 }),
      store().settle(lease, { status: 'completed', result: 1 }),
    ]
    for (const result of await Promise.allSettled(writes)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'ownership_lost' } })
    }
    expect(await findOne(store(), input)).toMatchObject({ status: 'cancelled', progress: 0 })
  })

  it('refuses the first worker once a second has taken over, even in the same moment', async () => {
    const input = await createOne(store())
    const { lease: abandoned } = await claimOne(store(), input, 0)
    await store().maintain(FULL_PASS)
    const { lease } = await claimOne(store(), input)
    const [fresh, ...old] = await Promise.allSettled([
      store().report(lease, { progress: 33 }),
      store().report(abandoned, { progress: 66 }),
      store().checkpoint(abandoned, { step: 'channels', output: 'old' }),
      store().beat(abandoned, { leaseMs: 60_000 }),
      store().settle(abandoned, { status: 'completed', result: 'old' }),
    ])
    expect(fresh.status).toBe('fulfilled')
    for (const refused of old) expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'ownership_lost' } })
    expect(await findOne(store(), input)).toMatchObject({ status: 'processing', progress: 33, attempt: 2 })
    await store().settle(lease, { status: 'release' })
    expect((await claimOne(store(), input)).checkpoints).toEqual(new Map())
  })

  it('refuses a report after the end', async () => {
    const { input, lease } = await start()
    await store().settle(lease, { status: 'completed', result: 1 })
    await expect(store().report(lease, { progress: 50 })).rejects.toMatchObject({ code: 'ownership_lost' })
    expect(await findOne(store(), input)).toMatchObject({ status: 'completed', progress: 100 })
  })

  it('refuses a lease that never was', async () => {
    await expect(
      store().beat({ taskId: crypto.randomUUID(), tenantId: 'acme', epoch: 1 }, { leaseMs: 1 }),
    ).rejects.toMatchObject({
      code: 'ownership_lost',
    })
  })
}
