import { describe, expect, it } from 'vitest'
import { describeError, describeErrorStack, errorCodeOf } from './describe-error.js'
import * as LIMITS from './limits.js'
import { isTaskError, TaskError } from './task-error.js'

function throwing(): never {
  throw new Error('a getter that throws')
}

function revoked<T extends object>(target: T): T {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

function circle(): Error {
  const [first, second] = [new Error('first'), new Error('second')]
  first.cause = second
  second.cause = first
  return first
}

/** Values that JavaScript lets code throw. */
const THROWN: [name: string, make: () => unknown][] = [
  ['an object without a prototype', () => Object.create(null)],
  ['a revoked proxy of an error', () => revoked(new Error('boom'))],
  ['a revoked proxy of a function', () => revoked(() => {})],
  ['a proxy whose every trap throws', () => new Proxy(new Error('boom'), new Proxy({}, { get: throwing }))],
  ['a toString that throws', () => ({ toString: throwing })],
  ['a toString that gives no text', () => ({ toString: () => ({}) })],
  ['a toPrimitive that throws', () => ({ [Symbol.toPrimitive]: throwing })],
  ...['message', 'stack', 'name', 'cause', 'code'].map((key): [string, () => unknown] => [
    `an error whose ${key} throws`,
    () => Object.defineProperty(new Error('boom'), key, { get: throwing }),
  ]),
  ['an error whose message is an object', () => Object.assign(new Error('boom'), { message: Object.create(null) })],
  ['an error whose name is a symbol', () => Object.assign(new Error('boom'), { name: Symbol('name') })],
  ['errors that cause each other', circle],
  [
    'an error that is its own cause',
    () =>
      Object.assign(new Error('self'), {
        get cause() {
          return this
        },
      }),
  ],
  ['an error whose cause is revoked', () => new Error('outer', { cause: revoked({}) })],
  [
    'an AggregateError of unprintable errors',
    () => new AggregateError([revoked({}), Object.create(null)], 'all failed'),
  ],
  ['an error whose list of errors is revoked', () => Object.assign(new Error('boom'), { errors: revoked([]) })],
  ['a symbol', () => Symbol('boom')],
  ['undefined', () => undefined],
  ['null', () => null],
  ['a bigint', () => 10n],
  ['half a surrogate pair', () => '\ud800'],
  ['a huge text', () => 'x'.repeat(5_000_000)],
  ['an error with a huge message', () => new Error('ü'.repeat(5_000_000))],
  ['an error with a huge name', () => Object.assign(new Error('boom'), { name: 'n'.repeat(5_000_000) })],
]

describe('describeError', () => {
  it.each(THROWN)('has words within its limits for %s', (_, make) => {
    const [line, whole] = [describeError(make()), describeErrorStack(make())]
    expect(line).not.toBe('')
    expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(LIMITS.textBytes)
    expect(new TextEncoder().encode(whole).length).toBeLessThanOrEqual(LIMITS.errorStackBytes)
  })

  it.each([
    [new TypeError('no such brand'), 'TypeError: no such brand'],
    [new Error(''), 'Error'],
    ['out of stock', 'out of stock'],
    [undefined, 'undefined'],
    [{ message: 'of another realm', name: 'RangeError' }, 'RangeError: of another realm'],
    [Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), 'AggregateError: ECONNREFUSED'],
  ])('says of %o: %s', (error, words) => {
    expect(describeError(error)).toBe(words)
  })

  it('cuts a long message where a reader sees it', () => {
    expect(describeError(new Error('x'.repeat(3_000)))).toMatch(/^Error: x+… \(cut\)$/)
  })

  it('shows a log the stack, the causes and the errors of an AggregateError', () => {
    const error = new AggregateError([new Error('one of two')], 'all failed', { cause: new Error('no network') })
    const words = describeErrorStack(error)
    expect(words).toContain('describe-error.test.ts')
    expect(words).toMatch(/^AggregateError: all failed[^]*caused by Error: no network[^]*caused by Error: one of two/)
  })

  it('names each error of a circle of causes once', () => {
    expect(describeErrorStack(circle()).match(/Error: (first|second)/g)).toEqual(['Error: first', 'Error: second'])
  })
})

describe('errorCodeOf', () => {
  it.each(THROWN)('finds no code in %s, and does not throw', (_, make) => {
    expect(errorCodeOf(make())).toBeUndefined()
  })

  it('finds the code of an error of Node.js', () => {
    expect(errorCodeOf(Object.assign(new Error('gone'), { code: 'ENOENT' }))).toBe('ENOENT')
  })

  it('takes no number for a code', () => {
    expect(errorCodeOf(Object.assign(new Error('gone'), { code: 20 }))).toBeUndefined()
  })
})

describe('isTaskError', () => {
  it.each(THROWN)('does not take %s for one, and does not throw', (_, make) => {
    expect(isTaskError(make())).toBe(false)
  })

  it('does not throw over a TaskError that has become unreadable', () => {
    expect(isTaskError(revoked(new TaskError('forbidden', 'No.')))).toBe(false)
  })
})
