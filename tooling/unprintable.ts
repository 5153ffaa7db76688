/** Thrown values that break code that reads them carelessly. */
export const UNPRINTABLE: readonly [name: string, make: () => unknown][] = [
  ['an object without a prototype', () => Object.create(null)],
  ['a revoked proxy', () => revoked(new Error('boom'))],
  ['a toString that throws', () => ({ toString: refuse })],
  ['an error whose message throws', () => Object.defineProperty(new Error('boom'), 'message', { get: refuse })],
  ['an error whose code throws', () => Object.defineProperty(new Error('boom'), 'code', { get: refuse })],
  ['an error that is its own cause', causedByItself],
  ['a symbol', () => Symbol('boom')],
  ['undefined', () => undefined],
]

function refuse(): never {
  throw new Error('This cannot be read.')
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

function causedByItself(): Error {
  const error = new Error('boom')
  error.cause = error
  return error
}
