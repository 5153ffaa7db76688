import { describe, expect, it } from 'vitest'
import { readQueueChoice } from './read-queue-choice.ts'

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
