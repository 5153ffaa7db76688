import { FatalTaskError, RetryableTaskError, TaskError } from '@brandkit/core'

/** Part of the text of every foreign error; users must never see it. */
export const SECRET = 'hunter2'

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

function cyclic(): Error {
  const error = new Error(SECRET)
  error.cause = error
  return error
}

/** An error whose given properties throw when they are read. */
function guarded(...keys: string[]): Error {
  const error = new Error(SECRET)
  for (const key of keys) {
    Object.defineProperty(error, key, {
      get() {
        throw new Error(`${SECRET}: ${key}`)
      },
    })
  }
  return error
}

function retryAfter(retryAfterMs: unknown): Error {
  const error = new RetryableTaskError('Busy.')
  Object.defineProperty(error, 'retryAfterMs', { value: retryAfterMs })
  return error
}

/** Everything that foreign code can throw in JavaScript, by name, so that a counterexample can be printed. */
export const THROWABLES = {
  'an error': () => new Error(SECRET),
  nothing: () => undefined,
  null: () => null,
  'a text': () => SECRET,
  'a symbol': () => Symbol(SECRET),
  'a bigint': () => 1n,
  'a function': () => () => SECRET,
  'no prototype': () => Object.create(null) as object,
  'a revoked proxy': revoked,
  'an error with a revoked cause': () => new Error(SECRET, { cause: revoked() }),
  'a toString that throws': () => ({
    toString() {
      throw new Error(SECRET)
    },
  }),
  'a toString that gives an object': () => ({ toString: () => ({}) }),
  'a cyclic cause': cyclic,
  'a message that throws': () => guarded('message'),
  'a stack that throws': () => guarded('stack'),
  'a name, a code and a cause that throw': () => guarded('name', 'code', 'cause'),
  'an error of errors': () => new AggregateError([cyclic(), revoked(), null], SECRET),
  'a long text': () => new Error('x'.repeat(200_000)),
  'a long text for the user': () => new RetryableTaskError('é'.repeat(200_000)),
  // oxlint-disable-next-line unicorn/no-thenable -- a value that is taken for a promise is the point
  'a thenable': () => ({ then: (resolve: (value: string) => void) => resolve(SECRET) }),
  'an abort': () => new DOMException(SECRET, 'AbortError'),
  'a look-alike of a lost lease': () => ({ code: 'ownership_lost', message: 'x', retryable: true }),
  'a look-alike with a hostile code': () => ({ code: '__proto__', message: 'x', retryable: true }),
  'a task error of another kind': () => new TaskError('unauthenticated', 'Who are you?'),
  'a fatal error': () => new FatalTaskError('No.'),
  'a retry in no time': () => retryAfter(0),
  'a retry after NaN': () => retryAfter(Number.NaN),
  'a retry after a negative time': () => retryAfter(-1),
  'a retry after infinity': () => retryAfter(Number.POSITIVE_INFINITY),
  'a retry after a text': () => retryAfter('soon'),
  'a retry in the year 2343': () => retryAfter(1e13),
} satisfies Record<string, () => unknown>

export type ThrowableName = keyof typeof THROWABLES
export const THROWABLE_NAMES = Object.keys(THROWABLES) as ThrowableName[]

/** Throws the value of this name, which may be any value. */
export function throwAs(name: ThrowableName): never {
  // oxlint-disable-next-line no-throw-literal -- what foreign code throws is the point
  throw THROWABLES[name]()
}
