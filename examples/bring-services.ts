import { createLocalQStash } from '@brandkit/server-adapter/testing/local-qstash'
import { startPostgres } from '@brandkit/tooling/postgres'
import { startRedis } from '@brandkit/tooling/redis'

export interface Services {
  /** The addresses, by the name of their variable. */
  env: Record<string, string>
  stop(): Promise<void>
}

/** How to start what a variable names: an address, and what ends it. */
const STARTERS: Record<string, () => Promise<Services>> = {
  async DATABASE_URL() {
    const postgres = await startPostgres()
    return { env: { DATABASE_URL: postgres.connectionString }, stop: () => postgres.stop() }
  },
  async REDIS_URL() {
    const redis = await startRedis()
    return { env: { REDIS_URL: redis.url }, stop: () => redis.stop() }
  },
  async QSTASH_TOKEN() {
    const qstash = await createLocalQStash()
    return {
      env: {
        QSTASH_URL: qstash.url,
        QSTASH_TOKEN: qstash.token,
        QSTASH_CURRENT_SIGNING_KEY: qstash.currentSigningKey,
        QSTASH_NEXT_SIGNING_KEY: qstash.nextSigningKey,
      },
      stop: () => qstash.close(),
    }
  },
}

/** Starts a service for each variable that has a starter, one after the other. `stop` ends them all. */
export async function bringServices(variables: readonly string[]): Promise<Services> {
  const brought: Services[] = []
  const stop = async () => void (await Promise.all(brought.map((service) => service.stop())))
  try {
    for (const name of variables) {
      const start = STARTERS[name]
      if (start) brought.push(await start())
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { env: Object.assign({}, ...brought.map(({ env }) => env)) as Record<string, string>, stop }
}
