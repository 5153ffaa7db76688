import { expect, it } from 'vitest'
import type { NewStoredTask, TaskStore } from '../../store/task-store.js'
import { claimOne, createOne, findOne, FULL_PASS, KNOWN_TYPES, newTask, ownerOf, times } from './new-task.js'

/** Tasks that start when others have completed. */
export function describeFollowing(store: () => TaskStore): void {
  const refuse = { status: 'failed', errorCode: 'generator_refused', lastError: 'No.' } as const
  const claim = (taskId: string) => store().claim({ taskId, knownTypes: KNOWN_TYPES, leaseMs: 60_000 })

  function follow(earlier: readonly NewStoredTask[], overrides: Partial<NewStoredTask> = {}): Promise<NewStoredTask> {
    const userId = earlier[0]?.userId ?? 'nobody'
    return createOne(store(), { userId, after: earlier.map(({ taskId, title }) => ({ taskId, title })), ...overrides })
  }

  /** Ends a task as its worker does, and returns the ids that may run now. */
  async function end(task: NewStoredTask, how: 'completed' | 'failed' = 'completed'): Promise<string[]> {
    const { lease } = await claimOne(store(), task)
    const ended = await store().settle(lease, how === 'completed' ? { status: how, result: 1 } : refuse)
    return (await store().releaseNext(ended)).map(({ taskId }) => taskId)
  }

  it('keeps a task back until all that it follows have completed, and names those that have not', async () => {
    const [first, second] = [await createOne(store(), { title: 'Brand kit' }), newTask()]
    const other = await createOne(store(), { ...second, userId: first.userId })
    const task = await follow([first, other])
    const { createdAt } = await findOne(store(), task)
    expect(await findOne(store(), task)).toMatchObject({
      status: 'queued',
      runAt: createdAt,
      waitsFor: [
        { taskId: first.taskId, title: 'Brand kit' },
        { taskId: other.taskId, title: other.title },
      ],
    })
    expect(await claim(task.taskId)).toEqual({ outcome: 'held' })
    expect(await end(first)).toEqual([])
    expect((await findOne(store(), task)).waitsFor).toEqual([{ taskId: other.taskId, title: other.title }])
    expect(await end(other)).toEqual([task.taskId])
    const released = await findOne(store(), task)
    expect(released.waitsFor).toBeUndefined()
    expect(released.after?.map(({ taskId }) => taskId)).toEqual([first.taskId, other.taskId])
    expect((await claim(task.taskId)).outcome).toBe('claimed')
  })

  it('starts at once after tasks that have completed', async () => {
    const first = await createOne(store())
    await end(first)
    const task = newTask({ userId: first.userId, after: [{ taskId: first.taskId, title: first.title }] })
    const { tasks } = await store().create({ tasks: [task], claim: { leaseMs: 60_000 } })
    expect(tasks[0]).toMatchObject({ status: 'processing', after: [{ taskId: first.taskId }] })
    expect(tasks[0]).not.toHaveProperty('waitsFor')
  })

  it.each(['failed', 'cancelled'] as const)('fails in plain words when one that it follows is %s', async (how) => {
    const first = await createOne(store(), { title: 'Brand kit' })
    const task = await follow([first])
    const last = await follow([task])
    const cancel = async () => {
      const cancelled = await store().cancel(first.taskId, ownerOf(first))
      return store().releaseNext(cancelled!)
    }
    expect(await (how === 'failed' ? end(first, 'failed') : cancel())).toEqual([])
    for (const each of [task, last]) {
      expect(await findOne(store(), each)).toMatchObject({ status: 'failed', errorCode: 'dependency_failed' })
    }
    expect((await findOne(store(), task)).lastError).toBe('“Brand kit” was needed first, and did not complete.')
  })

  it('refuses to follow what has failed, was emptied, or never was', async () => {
    const [failed, emptied] = [await createOne(store()), await createOne(store())]
    await end(failed, 'failed')
    await end(emptied)
    await store().delete(emptied.taskId, ownerOf(emptied))
    for (const earlier of [failed, emptied, newTask()]) {
      await expect(follow([earlier])).rejects.toMatchObject({ code: 'dependency_failed' })
    }
  })

  it('misses no end that comes while the task is created', async () => {
    const earlier = await Promise.all(times(20, () => createOne(store())))
    const made = await Promise.all(
      earlier.map(async (first) => {
        const [task] = await Promise.all([follow([first]), end(first)])
        return task
      }),
    )
    for (const task of made) expect((await findOne(store(), task)).waitsFor).toBeUndefined()
  })

  it('rings no alarm for a task that waits, and counts its time to live from the release', async () => {
    const first = await createOne(store())
    const task = await follow([first], { timeToLiveMs: 1 })
    const { lease } = await claimOne(store(), first)
    const pass = await store().maintain(FULL_PASS)
    expect(pass?.deliver.map(({ taskId }) => taskId)).not.toContain(task.taskId)
    expect(await findOne(store(), task)).toMatchObject({ status: 'queued' })
    await store().releaseNext(await store().settle(lease, { status: 'completed', result: 1 }))
    await expect
      .poll(async () => {
        await store().maintain(FULL_PASS)
        return (await findOne(store(), task)).errorCode
      })
      .toBe('task_expired')
  })

  it('is released by maintenance when the process died that should have released it', async () => {
    const first = await createOne(store())
    const [task, last] = [await follow([first]), await follow([await createOne(store(), { userId: first.userId })])]
    const { lease } = await claimOne(store(), first)
    await store().settle(lease, { status: 'completed', result: 1 })
    const pass = await store().maintain(FULL_PASS)
    expect(pass?.deliver.map(({ taskId }) => taskId)).toContain(task.taskId)
    expect((await findOne(store(), task)).waitsFor).toBeUndefined()
    expect((await findOne(store(), last)).waitsFor).toHaveLength(1)
  })

  it('waits for its own time after the release', async () => {
    const runAt = new Date(Date.now() + 3_600_000).toISOString()
    const first = await createOne(store())
    const task = await follow([first], { runAt })
    expect(await findOne(store(), task)).toMatchObject({ runAt })
    const { lease } = await claimOne(store(), first)
    const ended = await store().settle(lease, { status: 'completed', result: 1 })
    const [due] = await store().releaseNext(ended)
    expect(due).toMatchObject({ taskId: task.taskId })
    expect(due?.dueInMs).toBeGreaterThan(3_000_000)
    expect((await claim(task.taskId)).outcome).toBe('early')
  })

  it('waits for nothing more once it is cancelled', async () => {
    const first = await createOne(store())
    const task = await follow([first])
    await store().cancel(task.taskId, ownerOf(task))
    expect(await end(first)).toEqual([])
    const cancelled = await findOne(store(), task)
    expect(cancelled).toMatchObject({ status: 'cancelled', runAt: cancelled.createdAt })
    expect(cancelled).not.toHaveProperty('waitsFor')
  })
}
