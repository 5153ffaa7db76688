import { describe, expect, it } from 'vitest'
import { countMentions } from './count-mentions.ts'

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
