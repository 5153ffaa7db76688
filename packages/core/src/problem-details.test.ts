import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromProblemDetails, toProblemDetails } from './problem-details.js'
import { TASK_ERRORS, type TaskErrorCode } from './task-error-codes.js'
import { TaskError } from './task-error.js'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const code = fc.constantFrom(...(Object.keys(TASK_ERRORS) as TaskErrorCode[]))
const issue = fc.record({ path: fc.array(fc.oneof(fc.string(), fc.nat())), message: fc.string() })

describe('problem details', () => {
  it('carry every error over the wire and back', () => {
    fc.assert(
      fc.property(code, fc.string(), fc.option(fc.array(issue), { nil: undefined }), (name, message, issues) => {
        const sent = new TaskError(name, message, { issues })
        const received = fromProblemDetails(JSON.parse(JSON.stringify(toProblemDetails(sent, TRACE))))
        expect(received).toBeInstanceOf(TaskError)
        expect(received).toMatchObject({
          code: name,
          message,
          status: sent.status,
          retryable: sent.retryable,
          traceId: TRACE,
        })
        expect(received?.issues).toEqual(issues)
      }),
    )
  })

  it('have the members of RFC 9457 and ours, and nothing of the cause', () => {
    const error = new TaskError('store_unavailable', 'Try again soon.', {
      cause: new Error('connect /var/run/pg.sock'),
    })
    expect(toProblemDetails(error, TRACE)).toEqual({
      type: 'https://brandkit.dev/problems/store_unavailable',
      title: 'The task store cannot be reached',
      status: 503,
      detail: 'Try again soon.',
      code: 'store_unavailable',
      retryable: true,
      traceId: TRACE,
    })
  })

  it('take the delay from the response, where there was one', () => {
    expect(fromProblemDetails({ code: 'rate_limited' }, { retryAfterMs: 3_000 })?.retryAfterMs).toBe(3_000)
  })

  it('fall back on title and table where a member is missing or of the wrong type', () => {
    const wrong = { code: 'forbidden', detail: {}, status: '403', retryable: 1, traceId: 7, issues: ['?', { path: 1 }] }
    expect(fromProblemDetails({ ...wrong, title: 'Not allowed' })?.message).toBe('Not allowed')
    expect(fromProblemDetails(wrong)).toMatchObject({
      message: 'The server answered forbidden.',
      status: 403,
      retryable: false,
      issues: [],
    })
  })

  it.each([null, undefined, '<html>', 404, [], {}, { code: 'made_up' }, { code: 'toString' }])(
    'are not seen in %o',
    (value) => {
      expect(fromProblemDetails(value)).toBeNull()
    },
  )

  it('are cut where the texts of a server are long', () => {
    const long = 'x'.repeat(5_000_000)
    const issues = Array.from({ length: 200 }, () => ({ path: ['a'], message: long.slice(0, 5_000) }))
    const error = fromProblemDetails({ code: 'forbidden', detail: long, traceId: long, issues })
    for (const text of [error?.message, error?.traceId, error?.issues?.[0]?.message])
      expect(text).toMatch(/^x{2000,2048}… \(cut\)$/)
    expect(error?.issues).toHaveLength(100)
  })

  it('never throw on whatever a proxy answers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fromProblemDetails(value)).toBeNull()
      }),
    )
  })
})

describe('a problem with long texts', () => {
  it('stays small: 2 KB a text, and a hundred issues', () => {
    const long = 'x'.repeat(5_000_000)
    const issues = Array.from({ length: 20_000 }, (_, index) => ({ path: ['payload', index], message: long }))
    const problem = toProblemDetails(new TaskError('invalid_payload', long, { issues }), 't')
    expect(problem.detail).toMatch(/^x{2000,2048}… \(cut\)$/)
    expect(problem.issues).toHaveLength(100)
    expect(problem.issues?.[99]?.message).toMatch(/^x{2000,2048}… \(cut\)$/)
  })
})
