import { describe, expect, it } from 'vitest'
import { readEnvironment } from './read-environment.ts'

describe('readEnvironment', () => {
  it('needs nothing', () => {
    expect(readEnvironment({})).toMatchObject({ port: 3_000, databaseUrl: undefined, simulateFaults: true })
    expect(readEnvironment({})).toMatchObject({ works: true, queue: { kind: 'pg-boss' }, sessionSecret: undefined })
    expect(readEnvironment({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3_000, databaseUrl: undefined })
  })

  it('takes port 0 for any port', () => {
    expect(readEnvironment({ PORT: '0' }).port).toBe(0)
  })

  it.each(['x', '-1', '65536', '80.5', '0x50', '99999999999'])('refuses PORT=%s in one sentence', (PORT) => {
    expect(() => readEnvironment({ PORT })).toThrow(`PORT is "${PORT}"; it must be a whole number from 0 to 65535.`)
  })

  it.each(['localhost', 'mysql://root@localhost', 'postgres', '//x', 'postgres:x', 'jdbc:postgresql://localhost/x'])(
    'refuses DATABASE_URL=%s without repeating it',
    (url) => {
      expect(() => readEnvironment({ DATABASE_URL: url })).toThrow(/^DATABASE_URL is not a Postgres address/)
    },
  )

  const VARIABLES = {
    PORT: '3000',
    HOST: '127.0.0.1',
    BRANDKIT_DATA: './data',
    BRANDKIT_WORKER: 'on',
    BRANDKIT_CONCURRENCY: '10',
    BRANDKIT_PACE_MS: '10',
    BRANDKIT_STEP_LEDGER: './ledger',
    BRANDKIT_LEASE_MS: '1000',
    BRANDKIT_DRAIN_MS: '1000',
    NODE_ENV: 'production',
    SESSION_SECRET: 'x'.repeat(40),
    DATABASE_URL: 'postgres://app:hunter2@localhost/studio',
    PAYLOAD_KEY: 'ab'.repeat(32),
    REDIS_URL: 'redis://:hunter2@localhost',
    LLM_BASE_URL: 'http://localhost:11434/v1',
    LLM_MODEL: 'small',
    LLM_API_KEY: 'hunter2',
    LLM_PRICES: '0.25/2 USD',
    LLM_REQUESTS_PER_MINUTE: '60',
    TREND_FEEDS: './feeds.json',
    TREND_FEEDS_NETWORK: 'any',
  }
  const { REDIS_URL: _, ...OTHERS } = VARIABLES
  const QSTASH = {
    ...OTHERS,
    QSTASH_TOKEN: 'hunter2',
    QSTASH_CURRENT_SIGNING_KEY: 'hunter2',
    QSTASH_NEXT_SIGNING_KEY: 'hunter2',
    QSTASH_URL: 'https://qstash.example',
    PUBLIC_URL: 'https://studio.example',
  }
  const everyVariable = [VARIABLES, QSTASH].flatMap((env) =>
    Object.entries(env).map(([name, value]) => ({ env, name, value })),
  )

  it.each(everyVariable)('refuses quotes and blanks around $name, without repeating it', ({ env, name, value }) => {
    expect(() => readEnvironment(env)).not.toThrow()
    for (const text of [`"${value}"`, `'${value}'`, ` ${value}`, `${value}\n`]) {
      const read = () => readEnvironment({ ...env, [name]: text })
      expect(read).toThrow(new RegExp(`^${name} (stands in quotes|has a blank or a line break)`))
      expect(read).not.toThrow('hunter2')
    }
  })

  it('takes no address of a server for a folder', () => {
    expect(() => readEnvironment({ BRANDKIT_DATA: 'postgres://app:hunter2@localhost/studio' })).toThrow(
      /^BRANDKIT_DATA is a URL; it must be a folder\./,
    )
  })

  it('serves without working where others can work', () => {
    const DATABASE_URL = 'postgres://localhost/studio'
    expect(readEnvironment({ DATABASE_URL, BRANDKIT_WORKER: 'off' }).works).toBe(false)
    expect(readEnvironment({ DATABASE_URL, BRANDKIT_WORKER: 'on' }).works).toBe(true)
  })

  it.each([
    { env: { BRANDKIT_WORKER: 'no' }, says: 'BRANDKIT_WORKER is "no"; it must be on or off.' },
    { env: { BRANDKIT_WORKER: 'off' }, says: /^BRANDKIT_WORKER=off needs DATABASE_URL, because .*\.$/ },
    {
      env: {
        BRANDKIT_WORKER: 'off',
        QSTASH_TOKEN: 'x',
        QSTASH_CURRENT_SIGNING_KEY: 'x',
        QSTASH_NEXT_SIGNING_KEY: 'x',
        PUBLIC_URL: 'https://studio.example',
      },
      says: /^BRANDKIT_WORKER=off does not go with QSTASH_TOKEN, because .*\.$/,
    },
    { env: { PAYLOAD_KEY: 'hunter2' }, says: /^PAYLOAD_KEY is no key; .*\.$/ },
    { env: { SESSION_SECRET: 'hunter2' }, says: /^SESSION_SECRET is too short to be one; .*\.$/ },
    {
      env: { BRANDKIT_CONCURRENCY: '0' },
      says: 'BRANDKIT_CONCURRENCY is "0"; it must be a whole number from 1 to 1000.',
    },
  ])('refuses in one sentence: $says', ({ env, says }) => {
    expect(() => readEnvironment(env)).toThrow(says)
    expect(() => readEnvironment(env)).not.toThrow(/hunter2/)
  })

  it('simulates no faults in production', () => {
    expect(readEnvironment({ NODE_ENV: 'production' }).simulateFaults).toBe(false)
  })

  it('asks no model and reads the sample feeds unless told otherwise', () => {
    expect(readEnvironment({})).toMatchObject({
      languageModel: undefined,
      trendFeeds: undefined,
      trendFeedsNetwork: 'public',
    })
  })

  it('takes a model with or without a key', () => {
    const local = { LLM_BASE_URL: 'http://localhost:11434/v1', LLM_MODEL: 'small' }
    expect(readEnvironment(local).languageModel).toEqual({
      baseUrl: 'http://localhost:11434/v1',
      model: 'small',
      apiKey: undefined,
    })
    expect(readEnvironment({ ...local, LLM_API_KEY: 'key' }).languageModel?.apiKey).toBe('key')
    const { languageModel } = readEnvironment({ ...local, LLM_PRICES: '0.25/2 USD' })
    expect(languageModel?.prices).toEqual({ input: 0.25, output: 2, currency: 'USD' })
  })

  it.each([
    [{ LLM_MODEL: 'small' }, 'LLM_MODEL is set without LLM_BASE_URL'],
    [{ LLM_API_KEY: 'key-1' }, 'LLM_API_KEY is set without LLM_BASE_URL'],
    [{ LLM_BASE_URL: 'https://api.example/v1' }, 'LLM_BASE_URL is set without LLM_MODEL'],
    [{ LLM_BASE_URL: 'key-1', LLM_MODEL: 'small' }, 'LLM_BASE_URL is no http or https address'],
    [{ LLM_BASE_URL: 'ftp://key-1', LLM_MODEL: 'small' }, 'LLM_BASE_URL is no http or https address'],
    [
      { LLM_BASE_URL: 'https://api.example/v1', LLM_MODEL: 'small', LLM_PRICES: 'cheap' },
      'LLM_PRICES is "cheap"; it must be what a million tokens',
    ],
    [{ TREND_FEEDS_NETWORK: 'private' }, 'TREND_FEEDS_NETWORK is "private"'],
  ])('refuses %o in one sentence, without repeating a key', (env, sentence) => {
    expect(() => readEnvironment(env)).toThrow(sentence)
    expect(() => readEnvironment(env)).not.toThrow('key-1')
  })
})
