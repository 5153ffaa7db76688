import { describe, expect, it } from 'vitest'
import { toDurationStats } from './duration-stats.js'

describe('the statistics of durations', () => {
  it.each([
    [[], { count: 0, medianMs: 0, p95Ms: 0 }],
    [[40], { count: 1, medianMs: 40, p95Ms: 40 }],
    [[30, 10], { count: 2, medianMs: 20, p95Ms: 29 }],
    [[5, 1, 3], { count: 3, medianMs: 3, p95Ms: 5 }],
    [Array.from({ length: 101 }, (_, index) => 100 - index), { count: 101, medianMs: 50, p95Ms: 95 }],
  ])('of %j are %j', (durations, stats) => {
    expect(toDurationStats(durations)).toEqual(stats)
  })
})
