import { createLogger, type GetStatsResponse, type LogEntry } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { reportHealth } from './start-worker.ts'

const STATS: GetStatsResponse = {
  queued: 3,
  due: 2,
  processing: 1,
  completed: 9,
  failed: 0,
  cancelled: 0,
  endedPerMinute: 4,
  durations: {},
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the health of a process without a port', () => {
  it('is a line a minute, also about a database that does not answer, until it stops', async () => {
    const entries: LogEntry[] = []
    const logger = createLogger({ sink: (entry) => void entries.push(entry) })
    const stats = vi.fn(async () => STATS)
    const health = reportHealth({ tasks: { stats }, logger })

    await vi.advanceTimersByTimeAsync(60_000)
    stats.mockRejectedValueOnce(new Error('connection lost'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(entries).toMatchObject([
      {
        level: 'info',
        message: 'The worker is well',
        fields: { queued: 3, processing: 1, endedPerMinute: 4 },
      },
      { level: 'warn', message: 'The worker cannot reach the tasks', fields: { reason: 'Error: connection lost' } },
    ])

    health.stop()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(entries).toHaveLength(2)
  })
})
