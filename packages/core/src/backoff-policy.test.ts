import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBackoffPolicy, createSeededRandom } from './backoff-policy.js'

const options = fc
  .record({
    baseMs: fc.double({ min: 0, max: 10_000, noNaN: true }),
    factor: fc.double({ min: 1, max: 10, noNaN: true }),
    extraMs: fc.double({ min: 0, max: 100_000, noNaN: true }),
  })
  .map(({ baseMs, factor, extraMs }) => ({ baseMs, factor, ceilingMs: baseMs + extraMs }))
const attempt = fc.integer({ min: 1, max: 5_000 })

const draw = (seed: number) => Array.from({ length: 5 }, createSeededRandom(seed))

describe('createBackoffPolicy', () => {
  it('doubles from one second to thirty unless told otherwise', () => {
    const { boundMs } = createBackoffPolicy()
    expect([1, 2, 3, 4, 5, 6, 7, 1_000].map(boundMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ])
  })

  it('refuses an option that it does not know, and names those that it knows', () => {
    expect(() => createBackoffPolicy({ maxMs: 5 } as never)).toThrow(
      new TypeError('createBackoffPolicy knows no maxMs. It knows baseMs, factor, ceilingMs, jitter and random.'),
    )
  })

  it('treats an attempt before the first like the first', () => {
    expect(createBackoffPolicy({ baseMs: 7 }).boundMs(0)).toBe(7)
  })

  it('gives the bound itself without jitter, in whole milliseconds', () => {
    const { delayMs } = createBackoffPolicy({ baseMs: 100, factor: 1.333, jitter: 'none' })
    expect([1, 2, 3].map(delayMs)).toEqual([100, 133, 178])
  })

  it('never exceeds the ceiling, never shrinks, and is always a number', () => {
    fc.assert(
      fc.property(options, attempt, (given, n) => {
        const { boundMs } = createBackoffPolicy(given)
        expect(boundMs(n)).toBeLessThanOrEqual(given.ceilingMs)
        expect(boundMs(n + 1)).toBeGreaterThanOrEqual(boundMs(n))
      }),
    )
  })

  it('draws delays between zero and the bound', () => {
    fc.assert(
      fc.property(options, attempt, fc.nat(), (given, n, seed) => {
        const { boundMs, delayMs } = createBackoffPolicy({ ...given, random: createSeededRandom(seed) })
        const delay = delayMs(n)
        expect(delay).toBeGreaterThanOrEqual(0)
        expect(delay).toBeLessThanOrEqual(Math.round(boundMs(n)))
        expect(Number.isInteger(delay)).toBe(true)
      }),
    )
  })

  it('spreads a crowd evenly: each tenth of the range gets about a tenth of 10,000 draws', () => {
    const { delayMs } = createBackoffPolicy({ baseMs: 10_000, random: createSeededRandom(42) })
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let drawn = 0; drawn < 10_000; drawn++) tenths[Math.min(9, Math.floor(delayMs(1) / 1_000))]! += 1
    // 30 is one standard deviation of a fair tenth; five of them do not happen by chance.
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150)
  })

  it.each([
    ['baseMs', { baseMs: -1 }],
    ['baseMs', { baseMs: Number.NaN }],
    ['baseMs', { baseMs: Infinity, ceilingMs: Infinity }],
    ['factor', { factor: 0.5 }],
    ['factor', { factor: Infinity }],
    ['ceilingMs', { baseMs: 100, ceilingMs: 99 }],
    ['ceilingMs', { ceilingMs: Infinity }],
  ])('refuses a %s that makes no sense: %o', (name, given) => {
    expect(() => createBackoffPolicy(given)).toThrow(new RegExp(`^${name} is .*; it must be`))
  })
})

describe('createSeededRandom', () => {
  it('repeats itself for the same seed and differs for another', () => {
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
  })

  it('stays in [0, 1)', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const value = createSeededRandom(seed)()
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThan(1)
      }),
    )
  })
})
