import { describe, expect, it } from 'vitest'
import { readTaskError } from './read-task-error.js'
import { RetryableTaskError, TaskError } from './task-error.js'

describe('a TaskError that foreign code threw', () => {
  it('is read with all that it says', () => {
    const issues = [{ path: ['payload', 0], message: 'Too small' }]
    const thrown = new RetryableTaskError('Busy.', { issues, traceId: 'abc', retryAfterMs: 5, status: 503 })
    expect(readTaskError(thrown)).toMatchObject({
      code: 'generator_failed',
      message: 'Busy.',
      status: 503,
      retryable: true,
      issues,
      traceId: 'abc',
      retryAfterMs: 5,
      cause: thrown,
    })
  })

  it.each([200, 0, 99, 600, NaN, '404', undefined])('has the status of its code instead of %o', (status) => {
    const thrown = { code: 'task_is_over', message: 'It is over.', retryable: false, status }
    expect(readTaskError(thrown)?.status).toBe(409)
  })

  it('loses what does not fit', () => {
    const thrown = Object.assign(new TaskError('forbidden', 'No.'), {
      retryable: 'yes',
      issues: [null, { path: 'payload', message: 1 }, { path: [], message: 'kept' }],
      retryAfterMs: 'soon',
      traceId: 5,
    })
    expect(readTaskError(thrown)).toMatchObject({
      retryable: false,
      issues: [{ path: [], message: 'kept' }],
      retryAfterMs: undefined,
      traceId: undefined,
    })
  })

  it.each(['code', 'message', 'status', 'issues', 'retryAfterMs'])(
    'is none when its %s throws at the second look',
    (field) => {
      let looks = 0
      const value = Reflect.get(new TaskError('forbidden', 'No.'), field) as unknown
      const thrown = Object.defineProperty(new TaskError('forbidden', 'No.'), field, {
        get() {
          looks += 1
          if (looks > 1 || value === undefined || field === 'status') throw new Error('not again')
          return value
        },
      })
      expect(readTaskError(thrown)).toBeNull()
    },
  )

  it.each([null, 'forbidden', {}, new Error('No.'), { code: 'no such code', message: 'No.', retryable: true }])(
    'is not %o',
    (thrown) => {
      expect(readTaskError(thrown)).toBeNull()
    },
  )
})
