import { describe, expect, it } from 'vitest'
import { readEnvironment, readQueueChoice } from './environment.ts'
import { TaskError } from '@brandkit/core'
import { StartError, toStartError } from './start-error.ts'

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

const DATABASE_URL = 'postgres://app:secret@db.example/studio'
const QSTASH = {
  QSTASH_TOKEN: 'secret-token',
  QSTASH_CURRENT_SIGNING_KEY: 'secret-current',
  QSTASH_NEXT_SIGNING_KEY: 'secret-next',
  PUBLIC_URL: 'https://studio.example',
}

describe('the queue of an environment', () => {
  it('is pg-boss unless something else is asked for', () => {
    expect(readQueueChoice({})).toEqual({ kind: 'pg-boss' })
    expect(readQueueChoice({ DATABASE_URL, REDIS_URL: ' ', QSTASH_TOKEN: '' })).toEqual({ kind: 'pg-boss' })
    expect(readQueueChoice({ PUBLIC_URL: 'https://studio.example' })).toEqual({ kind: 'pg-boss' })
  })

  it('is BullMQ on the Redis of REDIS_URL', () => {
    const redisUrl = 'rediss://app:secret@redis.example:6380'
    expect(readQueueChoice({ DATABASE_URL, REDIS_URL: redisUrl })).toEqual({ kind: 'bullmq', redisUrl })
  })

  it('is QStash with its keys, which calls the tasks’ endpoint of PUBLIC_URL', () => {
    expect(readQueueChoice(QSTASH)).toEqual({
      kind: 'qstash',
      token: 'secret-token',
      currentSigningKey: 'secret-current',
      nextSigningKey: 'secret-next',
      publicUrl: 'https://studio.example/api/jobs',
      baseUrl: 'https://qstash.upstash.io',
    })
    expect(readQueueChoice({ ...QSTASH, QSTASH_URL: 'https://qstash-eu.example' })).toMatchObject({
      baseUrl: 'https://qstash-eu.example',
    })
  })

  it.each([
    { env: { REDIS_URL: 'redis://:secret@localhost' }, says: /^REDIS_URL needs DATABASE_URL, because .*\.$/ },
    { env: { DATABASE_URL, REDIS_URL: 'secret:6379' }, says: /^REDIS_URL is not a Redis address; .*\.$/ },
    {
      env: { ...QSTASH, REDIS_URL: 'redis://localhost' },
      says: /^REDIS_URL and QSTASH_TOKEN choose two queues; .*\.$/,
    },
    {
      env: { ...QSTASH, QSTASH_TOKEN: '' },
      says: /^QSTASH_CURRENT_SIGNING_KEY is set, but QSTASH_TOKEN is not; .*\.$/,
    },
    {
      env: { ...QSTASH, QSTASH_CURRENT_SIGNING_KEY: '' },
      says: /^QSTASH_TOKEN needs QSTASH_CURRENT_SIGNING_KEY: .*\.$/,
    },
    { env: { ...QSTASH, QSTASH_NEXT_SIGNING_KEY: '' }, says: /^QSTASH_TOKEN needs QSTASH_NEXT_SIGNING_KEY: .*\.$/ },
    { env: { ...QSTASH, PUBLIC_URL: '' }, says: /^QSTASH_TOKEN needs PUBLIC_URL: .*\.$/ },
    { env: { ...QSTASH, PUBLIC_URL: 'studio.example' }, says: /^PUBLIC_URL is no address; .*\.$/ },
    { env: { ...QSTASH, QSTASH_URL: 'localhost' }, says: /^QSTASH_URL is no http or https address; .*\.$/ },
    { env: { ...QSTASH, QSTASH_URL: 'redis://:secret@localhost' }, says: /^QSTASH_URL is no http or https address/ },
    { env: { DATABASE_URL, REDIS_URL: 'redis:secret' }, says: /^REDIS_URL is not a Redis address; .*\.$/ },
  ])('is refused in one sentence without its secrets: $says', ({ env, says }) => {
    expect(() => readQueueChoice(env)).toThrow(says)
    expect(() => readQueueChoice(env)).not.toThrow(/secret/)
  })
})

const URL = 'postgres://app:secret@db.example:5432/studio'
const wrapped = (code: string) =>
  new TaskError('internal_error', 'The database refused a statement.', {
    cause: Object.assign(new Error('no'), { code }),
  })

describe('toStartError', () => {
  it.each([
    {
      code: '28P01',
      says: 'The database at db.example:5432 refuses the user "app"; check user and password in DATABASE_URL.',
    },
    { code: '3D000', says: 'There is no database "studio" at db.example:5432; create it or correct DATABASE_URL.' },
    {
      code: 'ECONNREFUSED',
      says: 'The database at db.example:5432 cannot be reached (ECONNREFUSED); start it, or correct or unset DATABASE_URL.',
    },
    {
      code: '42501',
      says: 'The database at db.example:5432 cannot be used (42501); check DATABASE_URL and the rights of its user.',
    },
  ])('explains $code without the password', ({ code, says }) => {
    expect(toStartError(wrapped(code), URL).message).toBe(says)
  })

  it('passes on what is written for people already', () => {
    expect(toStartError(new StartError('Port 1 is in use.'), undefined).message).toBe('Port 1 is in use.')
    expect(toStartError(new TaskError('store_unavailable', 'The folder is open elsewhere.'), undefined).message).toBe(
      'The folder is open elsewhere.',
    )
  })

  it('shows one line of anything else', () => {
    expect(toStartError(new Error('Boom\n  at x'), URL).message).toBe('The demo cannot start: Boom')
  })
})
