import { describe, expect, it } from 'vitest'
import { isTaskErrorCode, TASK_ERRORS, type TaskErrorCode } from './task-error-codes.js'
import { TASK_ERROR_TITLES } from './task-error-titles.js'
import { FatalTaskError, isTaskError, RetryableTaskError, TaskError } from './task-error.js'

describe('TASK_ERRORS', () => {
  it.each(Object.entries(TASK_ERRORS))('%s has a stable name, an HTTP error status and a title', (code, kind) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
    expect(kind.status === 0 || (kind.status >= 400 && kind.status < 600)).toBe(true)
    expect(TASK_ERROR_TITLES[code as TaskErrorCode]).toMatch(/^[A-Z].*[^.]$/)
  })

  it('never invites to repeat what the caller has to change first', () => {
    const repeatable = Object.entries(TASK_ERRORS).filter(([, { retryable }]) => retryable)
    expect(repeatable.filter(([, { status }]) => status >= 400 && status < 500 && status !== 429)).toEqual([])
  })

  it.each(['rate_limited', 'store_unavailable', 'shutting_down', 'network_error'] as const)(
    'invites to repeat after %s',
    (code) => {
      expect(TASK_ERRORS[code].retryable).toBe(true)
    },
  )

  it.each(['toString', '__proto__', 'constructor', '', 7, null])('does not take %o for a code', (value) => {
    expect(isTaskErrorCode(value)).toBe(false)
  })
})

describe('TaskError', () => {
  it('takes status and retryable from the table', () => {
    expect(new TaskError('rate_limited', 'Slow down.')).toMatchObject({
      status: 429,
      retryable: true,
      name: 'TaskError',
    })
  })

  it('lets a server that knows better say otherwise', () => {
    const error = new TaskError('internal_error', 'Broken.', { status: 507, retryable: false, retryAfterMs: 0 })
    expect(error).toMatchObject({ status: 507, retryable: false, retryAfterMs: 0 })
  })

  it('keeps its cause', () => {
    const cause = new Error('socket closed')
    expect(new TaskError('network_error', 'No answer.', { cause }).cause).toBe(cause)
  })

  it('is fatal or retryable for generators, whatever the options say', () => {
    expect(new FatalTaskError('No such brand.', { retryable: true }).retryable).toBe(false)
    expect(new RetryableTaskError('Model is busy.', { retryable: false }).retryable).toBe(true)
  })
})

describe('isTaskError', () => {
  it.each([new TaskError('forbidden', 'No.'), new FatalTaskError('No.'), new RetryableTaskError('Again.')])(
    'knows %s',
    (error) => {
      expect(isTaskError(error)).toBe(true)
    },
  )

  it('knows one of another copy of the package', () => {
    const copy = Object.assign(new Error('No.'), { code: 'forbidden', status: 403, retryable: false })
    expect(isTaskError(copy)).toBe(true)
  })

  it.each([
    null,
    'forbidden',
    new Error('No.'),
    Object.assign(new Error('No.'), { code: 'ENOENT', status: 1, retryable: false }),
    { code: 'forbidden', status: 403, retryable: false, detail: 'a problem document' },
  ])('does not take %o for one', (value) => {
    expect(isTaskError(value)).toBe(false)
  })
})
