import { describe, expect, it } from 'vitest'
import { RetryableTaskError, TaskError } from './task-error.js'
import { type RetryAfter, toDelayMs, toRetryAfterMs } from './retry-after.js'

const NOW = Date.UTC(1994, 10, 6, 8, 49, 7)
const DAY = 86_400_000
/** Half a minute later. */
const DATES = [
  'Sun, 06 Nov 1994 08:49:37 GMT',
  'Sunday, 06-Nov-94 08:49:37 GMT',
  'Sun Nov  6 08:49:37 1994',
  '1994-11-06T08:49:37Z',
]

const HOSTILE_NUMBERS = [NaN, Infinity, -Infinity, -1, '5', null, undefined, {}, 10n]
const HOSTILE_HEADERS = ['', ' ', 'soon', '-5', '5 apples', '1e9', '0x10', 'NaN', 'Infinity', 'Sun, 99 Foo 1994']

describe('toDelayMs', () => {
  it.each(HOSTILE_NUMBERS)('takes %o for no delay', (value) => {
    expect(toDelayMs(value)).toBeUndefined()
  })

  it.each([
    [0, 0],
    [1.5, 1.5],
    [DAY, DAY],
    [DAY + 1, DAY],
    [1e13, DAY],
    [Number.MAX_VALUE, DAY],
  ])('makes %d ms %d ms, since a day is the most', (given, delayMs) => {
    expect(toDelayMs(given)).toBe(delayMs)
  })
})

describe('toRetryAfterMs', () => {
  it.each<[string, RetryAfter, number]>([
    ['seconds', '120', 120_000],
    ['seconds with blanks around them', ' 7 ', 7_000],
    ['parts of a second', '1.5', 1_500],
    ['more seconds than a day has', '9'.repeat(400), DAY],
    ...DATES.map((text): [string, RetryAfter, number] => [text, text, 30_000]),
    ['a date that has passed', 'Sun, 06 Nov 1994 08:49:00 GMT', 0],
    ['a date in a hundred years', 'Sun, 06 Nov 2094 08:49:00 GMT', DAY],
    ['a Date', new Date(NOW + 5_000), 5_000],
    ['headers', new Headers({ 'Retry-After': '3' }), 3_000],
    ['headers as Node.js has them', { 'retry-after': '3' }, 3_000],
    ['headers as they were sent', { 'Content-Type': 'text/plain', 'Retry-After': 3 }, 3_000],
    ['an answer of axios', { status: 429, headers: { 'retry-after': '3' } }, 3_000],
    ['a number of seconds', 30, 30_000],
    ['an answer', new Response(null, { status: 429, headers: { 'retry-after': '3' } }), 3_000],
  ])('reads %s', (_, given, delayMs) => {
    expect(toRetryAfterMs(given, NOW)).toBe(delayMs)
  })

  it.each(HOSTILE_HEADERS)('finds no time in %j', (text) => {
    expect(toRetryAfterMs(text, NOW)).toBeUndefined()
  })

  it('finds no time in what has none', () => {
    const given = [
      null,
      undefined,
      new Date(Number.NaN),
      new Response(),
      {},
      { headers: null },
      -7,
      Number.NaN,
      { 'retry-after': [] },
    ]
    expect(given.map((each) => toRetryAfterMs(each as RetryAfter, NOW))).toEqual(given.map(() => undefined))
  })
})

describe('an error that asks for a pause', () => {
  it.each(HOSTILE_NUMBERS)('asks for none when it is given %o', (value) => {
    expect(new TaskError('rate_limited', 'x', { retryAfterMs: value as number }).retryAfterMs).toBeUndefined()
  })

  it('asks for a day at most', () => {
    expect(new TaskError('rate_limited', 'x', { retryAfterMs: 1e13 }).retryAfterMs).toBe(DAY)
  })

  it('takes what a provider sent, as a RetryableTaskError', () => {
    const response = new Response(null, { status: 429, headers: { 'retry-after': '30' } })
    expect(new RetryableTaskError('Busy.', { retryAfter: response }).retryAfterMs).toBe(30_000)
    expect(new RetryableTaskError('Busy.', { retryAfter: 'soon' }).retryAfterMs).toBeUndefined()
    expect(new RetryableTaskError('Busy.', { retryAfterMs: 5, retryAfter: response }).retryAfterMs).toBe(5)
    expect(new RetryableTaskError('Busy.', { retryAfterMs: NaN, retryAfter: response }).retryAfterMs).toBe(30_000)
  })
})
