import { createSeededRandom } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { detectBurst } from './detect-burst.ts'

/** A random count around a level (Knuth's method). */
function countAround(level: number, random: () => number): number {
  let count = 0
  for (let left = random(); left > Math.exp(-level); left *= random()) count += 1
  return count
}

describe('detectBurst', () => {
  it('finds a planted burst', () => {
    expect(detectBurst([2, 1, 3, 2, 2, 1, 14])).toMatchObject({ direction: 'rising', growth: 6 })
    expect(detectBurst([2, 1, 3, 2, 2, 1, 14]).burstScore).toBeGreaterThan(8)
  })

  it('finds none in a flat series', () => {
    expect(detectBurst([4, 4, 4, 4, 4, 4, 4])).toEqual({ burstScore: 0, growth: 0, direction: 'steady' })
    expect(detectBurst([0, 0, 0, 0])).toEqual({ burstScore: 0, growth: null, direction: 'steady' })
  })

  it('takes chance for chance: of a thousand noisy series next to none seems to burst', () => {
    const random = createSeededRandom(7)
    const scores = Array.from({ length: 1_000 }, (_, index) => {
      const level = 0.2 + (index % 30)
      return detectBurst(Array.from({ length: 14 }, () => countAround(level, random))).burstScore
    })
    expect(scores.filter((score) => score >= 3).length).toBeLessThan(20)
    expect(scores.filter((score) => score >= 5).length).toBeLessThan(3)
  })

  it('does not make much of one mention after silence', () => {
    expect(detectBurst([0, 0, 0, 0, 0, 0, 1])).toEqual({ burstScore: 1, growth: null, direction: 'steady' })
    expect(detectBurst([0, 0, 0, 0, 0, 0, 3]).burstScore).toBe(3)
  })

  it('sees what cools down, and what grows without a jump', () => {
    expect(detectBurst([9, 8, 9, 5, 4, 2, 1, 1, 0]).direction).toBe('falling')
    expect(detectBurst([0, 1, 1, 2, 3, 3, 4, 5, 5]).direction).toBe('rising')
  })
})
