import { createSeededRandom } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { shorten } from '../words.ts'
import { splitByWeight } from './split-by-weight.ts'
import { countMentions, detectBurst, followSpread } from './trend-numbers.ts'

describe('shorten', () => {
  it('leaves short text alone', () => {
    expect(shorten('A lamp', 6)).toBe('A lamp')
  })

  it('cuts after a whole word and its comma', () => {
    expect(shorten('A small lamp, and more', 15)).toBe('A small lamp…')
  })

  it('cuts a long word where it must, but never through a character', () => {
    expect(shorten('x'.repeat(20), 5)).toBe('xxxx…')
    expect(shorten('🌿🌿🌿', 4)).toBe('🌿…')
  })
})

describe('splitByWeight', () => {
  it('gives the rest to the largest fractions', () => {
    expect(splitByWeight(10, [1, 1, 1])).toEqual([4, 3, 3])
    expect(splitByWeight(100, [0.5, 0.3, 0.2])).toEqual([50, 30, 20])
    expect(splitByWeight(7, [5, 2, 1])).toEqual([4, 2, 1])
  })

  it('always adds up, whatever the weights', () => {
    for (let total = 0; total < 400; total += 1) {
      const weights = Array.from({ length: 1 + (total % 8) }, (_, index) => ((total * 37 + index * 101) % 13) / 7)
      expect(splitByWeight(total, weights).reduce((left, right) => left + right, 0)).toBe(total)
    }
  })

  it('splits money with cents to the last cent', () => {
    expect(splitByWeight(25_000.5, [2, 1])).toEqual([16_667, 8_333.5])
    expect(splitByWeight(0.07, [1, 1])).toEqual([0.04, 0.03])
  })

  it('splits equally when nothing has a weight', () => {
    expect(splitByWeight(5, [0, 0])).toEqual([3, 2])
    expect(splitByWeight(5, [])).toEqual([])
  })
})

const until = Date.parse('2026-11-23T18:00:00Z')
const hoursBefore = (hours: number) => until - hours * 3_600_000

describe('countMentions', () => {
  it('counts each mention once, in parts that end with the latest', () => {
    const series = countMentions([until, hoursBefore(1), hoursBefore(24), hoursBefore(25), hoursBefore(167)], {
      window: 'week',
      until,
    })
    expect(series.map(({ mentions }) => mentions)).toEqual([1, 0, 0, 0, 0, 2, 2])
    expect(series[0]?.at).toBe('2026-11-16T18:00:00.000Z')
  })

  it('leaves out what lies outside', () => {
    const series = countMentions([until + 1, hoursBefore(24 * 7)], { window: 'week', until })
    expect(series.every(({ mentions }) => mentions === 0)).toBe(true)
  })

  it.each([
    ['day', 24],
    ['week', 7],
    ['month', 30],
    ['quarter', 13],
  ] as const)('cuts a %s into %i', (window, parts) => {
    expect(countMentions([], { window, until })).toHaveLength(parts)
  })
})

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

const days = (...list: number[]) => list.map((day) => day * 86_400_000)

describe('followSpread', () => {
  it('finds where it began, and how many days later the others followed', () => {
    const times = new Map([
      ['DE', days(5, 6, 7)],
      ['US', days(1, 2, 3)],
      ['FR', days(2.5, 9)],
    ])
    expect(followSpread('sauna', times)).toEqual({
      trendKey: 'sauna',
      origin: 'US',
      followers: [
        { region: 'FR', lagDays: 1.5 },
        { region: 'DE', lagDays: 4 },
      ],
    })
  })

  it('is not misled by one stray early mention among many', () => {
    const times = new Map([
      ['DE', days(0, 8, 8, 8, 8, 9, 9, 9, 9, 9)],
      ['US', days(5, 6, 7, 8, 9)],
    ])
    expect(followSpread('sauna', times)?.origin).toBe('US')
  })

  it('takes none for the origin that hardly speaks of it', () => {
    const times = new Map([
      ['DE', days(1)],
      ['US', days(5, 6, 7)],
    ])
    expect(followSpread('sauna', times)).toMatchObject({ origin: 'US', followers: [{ region: 'DE', lagDays: 0 }] })
  })

  it('knows nothing of what nobody mentions', () => {
    expect(followSpread('sauna', new Map([['DE', []]]))).toBeUndefined()
  })
})
