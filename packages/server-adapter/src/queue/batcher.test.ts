import { describe, expect, it } from 'vitest'
import { createBatcher } from './batcher.js'

/** A batcher whose calls end when the test decides. */
function createHeldBatcher({ maxItems = 100 } = {}) {
  const calls: { items: number[]; end: () => void; fail: (error: Error) => void }[] = []
  const batcher = createBatcher<number>((items) => new Promise((end, fail) => calls.push({ items, end, fail })), {
    maxItems,
  })
  return { batcher, calls }
}

describe('createBatcher', () => {
  it('sends at once when nothing is on its way', () => {
    const { batcher, calls } = createHeldBatcher()

    void batcher.add([1, 2])

    expect(calls.map(({ items }) => items)).toEqual([[1, 2]])
  })

  it('sends together what arrived while a call was in flight', async () => {
    const { batcher, calls } = createHeldBatcher()
    const first = batcher.add([1])
    const others = Promise.all([batcher.add([2]), batcher.add([3, 4])])

    calls[0]?.end()
    await first
    calls[1]?.end()
    await others

    expect(calls.map(({ items }) => items)).toEqual([[1], [2, 3, 4]])
  })

  it('never sends more than the limit in one call', async () => {
    const sent: number[][] = []
    const batcher = createBatcher<number>(async (items) => void sent.push(items), { maxItems: 2 })

    await batcher.add([1, 2, 3, 4, 5])

    expect(sent).toEqual([[1, 2], [3, 4], [5]])
  })

  it('fails those whose call failed, and goes on with the others', async () => {
    const { batcher, calls } = createHeldBatcher()
    const first = batcher.add([1])
    const second = batcher.add([2])

    calls[0]?.fail(new Error('refused'))
    await expect(first).rejects.toThrow('refused')
    calls[1]?.end()

    await expect(second).resolves.toBeUndefined()
  })

  it('is idle once everything was sent or has failed', async () => {
    const { batcher, calls } = createHeldBatcher()
    const failing = batcher.add([1])
    let isIdle = false
    const idle = batcher.idle().then(() => (isIdle = true))
    expect(isIdle).toBe(false)

    calls[0]?.fail(new Error('refused'))

    await expect(failing).rejects.toThrow('refused')
    await idle
    expect(calls).toHaveLength(1)
  })
})
