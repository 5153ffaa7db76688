import { describe, expect, it } from 'vitest'
import { explainConnection } from './explain-connection.js'

const coded = (code: string, message = 'x', more: object = {}) => Object.assign(new Error(message), { code, ...more })

describe('explainConnection', () => {
  it.each([
    [coded('ENOTFOUND', 'getaddrinfo', { hostname: 'db.example' }), /host name db\.example could not be resolved/],
    [coded('EAI_AGAIN', 'getaddrinfo', { hostname: 'db.example' }), /host name db\.example could not be resolved/],
    [coded('ECONNREFUSED'), /^refused the connection/],
    [coded('ETIMEDOUT'), /^did not answer in time/],
    [new Error('timeout exceeded when trying to connect'), /^did not answer in time/],
    [coded('ECONNRESET'), /^broke the connection off/],
    [new Error('Connection terminated unexpectedly'), /^broke the connection off/],
    [coded('EHOSTUNREACH'), /no way to it/],
    [coded('SELF_SIGNED_CERT_IN_CHAIN'), /certificate was not accepted/],
    [new Error('The server does not support SSL connections'), /does not support TLS/],
    [coded('28P01'), /user or password are wrong/],
    [new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'), /asks for a password/],
    [new Error('NOAUTH Authentication required.'), /asks for a password/],
    [coded('3D000'), /has no such database/],
    [coded('53300'), /has no connection left/],
    [coded('57P03'), /is starting up/],
  ])('says what it was: %s', (error, reason) => {
    expect(explainConnection(error)).toMatch(reason)
  })

  it('looks into what `fetch` and several addresses of one name wrap', () => {
    const unresolved = coded('ENOTFOUND', 'getaddrinfo', { hostname: 'qstash.example' })
    expect(explainConnection(new TypeError('fetch failed', { cause: unresolved }))).toMatch(/qstash\.example/)
    expect(explainConnection(new AggregateError([coded('ECONNREFUSED')]))).toMatch(/^refused/)
  })

  it('looks into a list of errors that cannot be read, and does not throw', () => {
    const { proxy, revoke } = Proxy.revocable([], {})
    revoke()
    expect(explainConnection({ errors: proxy, message: 'no way', name: 'Error' })).toBe('cannot be used: Error: no way')
  })

  it('repeats what it does not know, and never throws', () => {
    expect(explainConnection(new Error('odd'))).toBe('cannot be used: Error: odd')
    const circle: Error & { cause?: unknown } = new Error('round')
    circle.cause = circle
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    for (const thrown of [circle, proxy, null, undefined, Object.create(null)])
      expect(explainConnection(thrown)).toMatch(/^cannot be used: /)
  })
})
