import { createBackoffPolicy, FatalTaskError, RetryableTaskError } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import type { AbortReason } from './attempt.js'
import { decideRetry } from './retry-decision.js'

const backoff = createBackoffPolicy({ baseMs: 100, jitter: 'none' })
const decide = (error: unknown, aborted: AbortReason | null = null, attempt = 1) =>
  decideRetry({ error, aborted, attempt, backoff, traceId: 'abc' })

describe('decideRetry', () => {
  it('repeats unknown errors with growing delays, and keeps their text to itself', () => {
    expect(decide(new Error('secret'), null, 3)).toEqual({
      status: 'retry',
      delayMs: 400,
      errorCode: 'generator_failed',
      lastError: 'Something went wrong.',
    })
  })

  it('treats whatever is thrown, even nothing, as an error', () => {
    expect(decide(undefined)).toMatchObject({ status: 'retry' })
  })

  it('ends at once on a FatalTaskError', () => {
    expect(decide(new FatalTaskError('No.'))).toEqual({
      status: 'failed',
      errorCode: 'generator_refused',
      lastError: 'No.',
    })
  })

  it('waits as long as a RetryableTaskError asks', () => {
    expect(decide(new RetryableTaskError('Busy.', { retryAfterMs: 7 }))).toMatchObject({
      status: 'retry',
      delayMs: 7,
      lastError: 'Busy.',
    })
  })

  it('repeats after a time-out, releases at shutdown, and has no say after a cancel or a lost lease', () => {
    expect(decide(null, 'task_timed_out')).toMatchObject({ status: 'retry', errorCode: 'task_timed_out' })
    expect(decide(null, 'shutdown')).toEqual({ status: 'release' })
    expect(decide(null, 'cancelled')).toBeNull()
    expect(decide(null, 'ownership_lost')).toBeNull()
  })
})
