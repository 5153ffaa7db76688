import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { startRedis, type TestRedis } from '@brandkit/tooling/redis'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import type { Places } from '../contenders/contender.ts'

export interface StartDatabasesOptions {
  /** Settings of Postgres that differ from its defaults. */
  settings?: Readonly<Record<string, string>>
}

/** Database servers of this benchmark. Postgres has its default durability; Redis keeps its data in memory only. */
export interface Databases {
  postgres: TestPostgres
  redis: TestRedis
  /** Makes empty places for one contender. */
  makePlaces(): Promise<Places>
  versions(): Promise<Record<string, string>>
  stop(): Promise<void>
}

export async function startDatabases({ settings }: StartDatabasesOptions = {}): Promise<Databases> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-benchmarks-'))
  const [postgres, redis] = await Promise.all([startPostgres({ settings }), startRedis()])
  let places = 0

  /** Redis has 16 databases. Each is used again only after its contender has stopped. */
  async function emptyRedis(): Promise<string> {
    const url = `${redis.url}/${places++ % 16}`
    const client = new Redis(url)
    await client.flushdb()
    client.disconnect()
    return url
  }

  return {
    postgres,
    redis,
    async makePlaces() {
      return {
        postgres: await postgres.createDatabase(),
        redis: await emptyRedis(),
        folder: await mkdtemp(join(folder, 'pglite-')),
      }
    },
    async versions() {
      const client = new Client({ connectionString: postgres.connectionString })
      const cache = new Redis(redis.url)
      try {
        await client.connect()
        const { rows } = await client.query<{ server_version: string }>('show server_version')
        const [, redisVersion = 'unknown'] = /^redis_version:(\S+)/m.exec(await cache.info('server')) ?? []
        return { postgres: rows[0]?.server_version.split(' ')[0] ?? 'unknown', redis: redisVersion }
      } finally {
        cache.disconnect()
        await client.end()
      }
    },
    async stop() {
      await Promise.all([postgres.stop(), redis.stop()])
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
