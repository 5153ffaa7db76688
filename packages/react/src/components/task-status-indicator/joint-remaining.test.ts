import type { TaskSummaryJson } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { jointRemaining } from './joint-remaining.js'

const NOW = Date.UTC(2027, 0, 1)
const at = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString()
const task = (taskId: string, status = 'processing', runAt = at(-60)) =>
  ({ taskId, status, runAt, createdAt: runAt }) as TaskSummaryJson
const endsIn = (seconds: Record<string, number>) =>
  Object.fromEntries(Object.entries(seconds).map(([id, end]) => [id, { estimatedCompletion: at(end) }]))

describe('jointRemaining', () => {
  it('is the time until the last end of what runs and waits', () => {
    const tasks = [task('a'), task('b', 'queued'), task('c', 'completed')]
    expect(jointRemaining(tasks, endsIn({ a: 20, b: 110, c: 900 }), NOW)).toBe(110_000)
  })

  it('is unknown while it is unknown of one task', () => {
    expect(jointRemaining([task('a'), task('b')], endsIn({ a: 20 }), NOW)).toBeNull()
    expect(jointRemaining([task('a'), task('b')], endsIn({ a: 20, b: -1 }), NOW)).toBeNull()
  })

  it('leaves out what starts later, and one task alone, whose row says it', () => {
    const later = task('later', 'queued', at(3_600))
    expect(jointRemaining([task('a'), task('b'), later], endsIn({ a: 20, b: 30 }), NOW)).toBe(30_000)
    expect(jointRemaining([task('a'), later], endsIn({ a: 20, later: 4_000 }), NOW)).toBeNull()
  })
})
