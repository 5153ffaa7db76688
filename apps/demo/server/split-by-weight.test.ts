import { describe, expect, it } from 'vitest'
import { splitByWeight } from './split-by-weight.ts'

const sum = (parts: number[]) => parts.reduce((left, right) => left + right, 0)

describe('splitByWeight', () => {
  it('gives the rest to the largest fractions', () => {
    expect(splitByWeight(10, [1, 1, 1])).toEqual([4, 3, 3])
    expect(splitByWeight(100, [0.5, 0.3, 0.2])).toEqual([50, 30, 20])
    expect(splitByWeight(7, [5, 2, 1])).toEqual([4, 2, 1])
  })

  it('always adds up, whatever the weights', () => {
    for (let total = 0; total < 400; total += 1) {
      const weights = Array.from({ length: 1 + (total % 8) }, (_, index) => ((total * 37 + index * 101) % 13) / 7)
      expect(sum(splitByWeight(total, weights))).toBe(total)
    }
  })

  it('splits equally when nothing has a weight', () => {
    expect(splitByWeight(5, [0, 0])).toEqual([3, 2])
    expect(splitByWeight(5, [])).toEqual([])
  })
})
