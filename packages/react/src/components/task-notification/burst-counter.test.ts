import { describe, expect, it } from 'vitest'
import { createBurstCounter } from './burst-counter.js'

describe('createBurstCounter', () => {
  it('tells few events one by one, and from the fourth on all of them together', () => {
    const bursts = createBurstCounter()
    expect(['a', 'b', 'c'].map((taskId, index) => bursts.count('completed', taskId, index))).toEqual([null, null, null])
    expect(bursts.count('completed', 'd', 3)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('begins anew after a pause, and counts each kind by itself', () => {
    const bursts = createBurstCounter()
    for (const taskId of ['a', 'b', 'c']) bursts.count('completed', taskId, 0)
    expect(bursts.count('failed', 'x', 0)).toBeNull()
    expect(bursts.count('completed', 'd', 10_000)).toBeNull()
  })
})
