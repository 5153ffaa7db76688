import { describe, expect, it } from 'vitest'
import { toIsoTime } from './iso-time.js'

describe('toIsoTime', () => {
  const SECOND = 1_000
  const now = Date.UTC(2026, 10, 30, 8, 15)

  it.each([
    0,
    -1,
    -1_000,
    -1_001,
    now,
    now + 7,
    now + 999,
    now + 0.75,
    -0.5,
    now + 1_000,
    // The same place among the kept seconds, and back again.
    now + 64 * SECOND,
    now + 5,
    Date.UTC(-1, 0, 1) - 1,
    Date.UTC(10_000, 0, 1),
    8_640_000_000_000_000,
    -8_640_000_000_000_000,
  ])('writes what a Date writes: %d', (epochMs) => {
    expect(toIsoTime(epochMs)).toBe(new Date(epochMs).toISOString())
  })

  it.each([NaN, Infinity, 8_640_000_000_000_001, -8_640_000_000_000_001])(
    'refuses what a Date refuses: %d',
    (epochMs) => {
      expect(() => toIsoTime(epochMs)).toThrow(RangeError)
    },
  )
})
