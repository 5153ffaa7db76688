import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSortableId } from './sortable-id.js'

const ids = (count: number) => Array.from({ length: count }, createSortableId)

afterEach(() => void vi.useRealTimers())

describe('createSortableId', () => {
  it('makes UUIDs of version 7 that hold the time', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 })
    const id = createSortableId()
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.now())
  })

  it('ascends within a millisecond, over refills of the pool, and when the clock is set back', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 86_400_000 })
    const made = ids(1_000)
    vi.setSystemTime(Date.now() - 3_600_000)
    made.push(...ids(1_000))
    vi.setSystemTime(Date.now() + 7_200_000)
    made.push(...ids(1_000))
    expect(made).toEqual(made.toSorted())
    expect(new Set(made).size).toBe(3_000)
  })

  it('uses no random bytes twice', () => {
    const tails = ids(2_000).map((id) => id.slice(-10))
    expect(new Set(tails).size).toBe(2_000)
  })
})
