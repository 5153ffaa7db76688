import { describe, expect, it } from 'vitest'
import { checkOrigin } from './check-origin.js'

const post = (headers: Record<string, string>) => new Request('http://api.test/api/jobs', { method: 'POST', headers })
const allowed = ['https://app.example']

describe('a mutation', () => {
  it.each<[string, Record<string, string>]>([
    ['the app’s own page', { 'sec-fetch-site': 'same-origin', origin: 'https://api.test', host: 'api.test' }],
    ['a person who typed the address', { 'sec-fetch-site': 'none' }],
    ['a page of an allowed origin', { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' }],
    ['the own page in an old browser', { origin: 'https://api.test', host: 'api.test' }],
    ['a client that is no browser', {}],
  ])('is taken from %s', (_, headers) => {
    expect(() => checkOrigin(post(headers), allowed)).not.toThrow()
  })

  it.each<[string, Record<string, string>]>([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a sister domain that nobody allowed', { 'sec-fetch-site': 'same-site', origin: 'https://blog.app.example' }],
    [
      'another site that spoofs its origin to match Host',
      { 'sec-fetch-site': 'cross-site', origin: 'https://api.test', host: 'api.test' },
    ],
    ['another site in an old browser', { origin: 'https://evil.example', host: 'api.test' }],
    ['another port', { origin: 'https://api.test:8443', host: 'api.test' }],
    ['a sandboxed frame', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
    ['a sandboxed frame in an old browser', { origin: 'null', host: 'api.test' }],
    ['a sandboxed frame in an old browser, by a door that drops Host', { origin: 'null' }],
    [
      'a site that claims to be behind a proxy of ours',
      { origin: 'https://evil.example', host: 'api.test', 'x-forwarded-host': 'evil.example' },
    ],
    ['a value that no browser sends', { 'sec-fetch-site': 'same-origin, cross-site' }],
  ])('is refused from %s', (_, headers) => {
    expect(() => checkOrigin(post(headers), allowed)).toThrow(expect.objectContaining({ code: 'cross_site_request' }))
  })
})
