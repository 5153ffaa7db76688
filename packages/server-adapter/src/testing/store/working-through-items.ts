import { expect, it } from 'vitest'
import type { TaskStore } from '../../store/task-store.js'
import { toCheckpointKey } from '../../store/checkpoint-key.js'
import { claimOne, createOne, findOne, FULL_PASS, times } from './new-task.js'

const keyOf = (index: number) => `post ${index} \u001F of 20`

/** Steps that store each item of a list. */
export function describeItems(store: () => TaskStore): void {
  const start = async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input)
    const item = (done: number, total: number) =>
      store().checkpoint(lease, {
        step: 'channels',
        item: `item ${done}`,
        items: { done, total },
        output: { done },
        progress: (done / total) * 50,
      })
    const channels = async () => (await findOne(store(), input)).steps[0]
    return { input, lease, item, channels }
  }

  it('counts the items of a running step, of all that is known', async () => {
    const { input, lease, item, channels } = await start()
    expect(await channels()).not.toHaveProperty('items')
    await store().report(lease, { currentStep: 'channels', items: { done: 0, total: 3 } })
    expect(await channels()).toMatchObject({ status: 'running', items: { done: 0, total: 3 } })
    await item(1, 3)
    await item(2, 3)
    expect(await channels()).toMatchObject({ status: 'running', items: { done: 2, total: 3 } })
    expect((await findOne(store(), input)).progress).toBeCloseTo(33.33)
    expect((await findOne(store(), input)).steps[1]).not.toHaveProperty('items')
  })

  it('finishes the step with its last item, and not before the list has grown no more', async () => {
    const { lease, item, channels } = await start()
    await Promise.all([item(1, 2), item(2, 2)])
    expect(await channels()).toMatchObject({ status: 'completed', items: { done: 2, total: 2 } })
    await store().report(lease, { currentStep: 'channels', items: { done: 2, total: 4 } })
    expect(await channels()).toMatchObject({ status: 'running', items: { done: 2, total: 4 } })
  })

  it('knows no end of items that come one by one', async () => {
    const { lease, channels } = await start()
    await store().report(lease, { currentStep: 'channels' })
    await store().checkpoint(lease, { step: 'channels', item: 'a', items: { done: 1 }, output: 1 })
    expect(await channels()).toMatchObject({ status: 'running', items: { done: 1 } })
    await store().settle(lease, { status: 'completed', result: 1 })
    expect(await channels()).toMatchObject({ status: 'completed', items: { done: 1 } })
  })

  it('gives each item to the next attempt, also when all come at once', async () => {
    const { input, lease } = await start()
    await Promise.all(
      times(20, (index) =>
        store().checkpoint(lease, {
          step: 'channels',
          item: keyOf(index),
          items: { done: index + 1, total: 20 },
          output: { index },
        }),
      ),
    )
    await store().checkpoint(lease, { step: 'budget', output: 'all of it' })
    await store().settle(lease, { status: 'release' })
    const { task, checkpoints } = await claimOne(store(), input)
    expect(checkpoints.size).toBe(21)
    expect(checkpoints.get(toCheckpointKey('channels', keyOf(7)))).toEqual({ index: 7 })
    expect(checkpoints.get('budget')).toBe('all of it')
    expect(task.steps[0]).toMatchObject({ status: 'completed', items: { done: 20, total: 20 } })
  })

  it('gives the attempt back at a release when an item was stored', async () => {
    const { lease, item } = await start()
    await item(1, 3)
    expect(await store().settle(lease, { status: 'release' })).toMatchObject({ status: 'queued', attempt: 0 })
  })

  it('keeps an item, its count and the end that come together', async () => {
    const { input, lease, item } = await start()
    const end = { status: 'failed', errorCode: 'generator_failed', lastError: 'No.' } as const
    const [, settled] = await Promise.all([item(1, 3), store().settle(lease, end)])
    expect(settled.steps[0]).toMatchObject({ items: { done: 1, total: 3 } })
    expect(await findOne(store(), input)).toEqual(settled)
  })

  it('refuses the item of a worker that has lost its task', async () => {
    const input = await createOne(store())
    const { lease } = await claimOne(store(), input, 0)
    await store().maintain(FULL_PASS)
    const late = store().checkpoint(lease, { step: 'channels', item: 'late', items: { done: 1, total: 1 }, output: 1 })
    await expect(late).rejects.toMatchObject({ code: 'ownership_lost' })
    const { task, checkpoints } = await claimOne(store(), input)
    expect(checkpoints.size).toBe(0)
    expect(task.steps[0]).not.toHaveProperty('items')
  })
}
