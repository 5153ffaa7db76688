import { describe, expect, it } from 'vitest'
import { readEnvironment } from './read-environment.ts'

describe('readEnvironment', () => {
  it('needs nothing', () => {
    expect(readEnvironment({})).toMatchObject({ port: 3_000, databaseUrl: undefined, simulateFaults: true })
    expect(readEnvironment({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3_000, databaseUrl: undefined })
  })

  it('takes port 0 for any port', () => {
    expect(readEnvironment({ PORT: '0' }).port).toBe(0)
  })

  it.each(['x', '-1', '65536', '80.5', '0x50', '99999999999'])('refuses PORT=%s in one sentence', (PORT) => {
    expect(() => readEnvironment({ PORT })).toThrow(`PORT is "${PORT}"; it must be a whole number from 0 to 65535.`)
  })

  it.each(['localhost', 'mysql://root@localhost', 'postgres', '//x'])(
    'refuses DATABASE_URL=%s without repeating it',
    (url) => {
      expect(() => readEnvironment({ DATABASE_URL: url })).toThrow(/^DATABASE_URL is not a Postgres address/)
    },
  )

  it('simulates no faults in production', () => {
    expect(readEnvironment({ NODE_ENV: 'production' }).simulateFaults).toBe(false)
  })
})
