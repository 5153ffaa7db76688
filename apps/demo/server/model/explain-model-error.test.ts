import { createLogger, FatalTaskError, type LogEntry, silentLogger } from '@brandkit/core'
import { APICallError } from 'ai'
import { describe, expect, it } from 'vitest'
import { explainModelError } from './explain-model-error.ts'

const now = Date.parse('2027-03-01T12:00:00Z')
const options = { model: 'small-1', attempt: 1, logger: silentLogger, now }
const busy = (headers: Record<string, string>) =>
  new APICallError({
    message: 'Slow down',
    url: 'https://a.example',
    requestBodyValues: {},
    statusCode: 429,
    responseHeaders: headers,
  })

describe('explainModelError', () => {
  it.each([
    ['90', 90_000],
    ['1.5', 1_500],
    ['Mon, 01 Mar 2027 12:01:00 GMT', 60_000],
    ['Mon, 01 Mar 2027 11:00:00 GMT', 0],
    ['soon', undefined],
  ])('reads Retry-After: %s', (text, retryAfterMs) => {
    expect(explainModelError(busy({ 'retry-after': text }), options).retryAfterMs).toBe(retryAfterMs)
  })

  it('leaves our own errors as they are', () => {
    const error = new FatalTaskError('Enough.')
    expect(explainModelError(error, options)).toBe(error)
  })

  it("keeps the provider's words for the log", () => {
    const entries: LogEntry[] = []
    const logger = createLogger({ sink: (entry) => entries.push(entry) })
    const { message } = explainModelError(new Error('socket says: secret'), { ...options, logger })
    expect(message).not.toContain('secret')
    expect(JSON.stringify(entries)).toContain('socket says: secret')
  })
})
