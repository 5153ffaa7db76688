import type { Pool, PoolClient, QueryResult } from 'pg'
import { STUBBORN_MS, waitAtMost } from '../../patience.js'
import { repeatRefused } from './repeat-refused.js'
import { isServerLost } from './to-store-error.js'

/** A pool of connections that are all dialled anew when one of them has lost its server, or is told that it is a standby. */
export interface RenewingPool {
  /** The pool of node-postgres that is in use now. */
  readonly current: Pool
  readonly options: object
  /** Aborts when the connections that are open now are left: what else is connected to that server should leave it, too. */
  readonly left: AbortSignal
  connect: () => Promise<PoolClient>
  /** One statement, or several of one transaction without `values`. What a standby refused is sent again. */
  query: (text: string, values?: unknown[]) => Promise<QueryResult>
  /** Ends the connections that are open now, those in use after their statement, and dials again for the next. */
  renew: () => void
  /** Waits for what is under way, but not for a server that stands still. */
  end: () => Promise<void>
}

interface Generation {
  pool: Pool
  left: AbortController
  /** Callers that are not connected yet. An ended pool of node-postgres serves nobody in its queue. */
  waiting: Set<() => void>
}

interface RenewingPoolOptions {
  /** Makes a pool without connecting. */
  dial: () => Pool
  /** Longest time of a statement or a transaction, in milliseconds. Default: none. */
  longestMs?: number
}

/**
 * After a failover the address leads to the new primary, while the old one may keep its connections open and refuse to
 * write. One such refusal speaks for all connections that were dialled before it: idle ones would refuse one by one, and
 * one that was given back to the pool again and again.
 */
export function createRenewingPool({ dial, longestMs }: RenewingPoolOptions): RenewingPool {
  const inUse = new Map<PoolClient, NodeJS.Timeout | undefined>()
  const reported = new WeakMap<PoolClient, PoolClient>()
  const ending = new Set<Promise<void>>()
  let ended: Promise<void> | null = null
  let generation = begin()

  function begin(): Generation {
    const pool = dial()
    // An idle connection that breaks is replaced at the next statement; unheard, its error would end the process.
    pool.on('error', () => {})
    // So would that of a connection in use: the pool takes its own listener off a client that it hands out. The caller
    // of the statement gets the same error.
    pool.on('connect', (client) => void client.on('error', () => {}))
    pool.on('acquire', (client) => {
      // The connection ends, its statement with it, and the pool makes another.
      inUse.set(client, longestMs === undefined ? undefined : setTimeout(() => void client.end(), longestMs))
    })
    pool.on('release', (_error, client) => {
      clearTimeout(inUse.get(client))
      inUse.delete(client)
    })
    return { pool, left: new AbortController(), waiting: new Set() }
  }

  function leave(old: Generation): void {
    if (ended || old !== generation) return
    generation = begin()
    old.left.abort()
    for (const giveUp of old.waiting) giveUp()
    const leaving: Promise<void> = old.pool.end().finally(() => ending.delete(leaving))
    ending.add(leaving)
  }

  /** The same client for callers, whose refusals are noticed. One for each, since Kysely knows connections by it. */
  function report(client: PoolClient, from: Generation): PoolClient {
    const known = reported.get(client)
    if (known) return known
    const query = async (...input: [string, unknown[]?]) => {
      try {
        return await client.query(...input)
      } catch (error) {
        if (isServerLost(error)) leave(from)
        throw error
      }
    }
    const reporting = Object.create(client, { query: { value: query } }) as PoolClient
    reported.set(client, reporting)
    return reporting
  }

  async function connect(): Promise<PoolClient> {
    for (;;) {
      const from = generation
      const client = await take(from)
      if (client) return report(client, from)
    }
  }

  async function sendOnce(text: string, values?: unknown[]): Promise<QueryResult> {
    const client = await connect()
    try {
      const result = await client.query(text, values)
      client.release()
      return result
    } catch (error) {
      // What it had to say may still come, to the next statement.
      client.release(true)
      throw error
    }
  }

  async function end(): Promise<void> {
    const all = Promise.all([generation.pool.end(), ...ending])
    await waitAtMost(STUBBORN_MS, [all])
    for (const client of inUse.keys()) void client.end()
    await all
  }

  return {
    get current() {
      return generation.pool
    },
    get options() {
      return generation.pool.options
    },
    get left() {
      return generation.left.signal
    },
    connect,
    query: (text, values) => repeatRefused(() => sendOnce(text, values)),
    renew: () => leave(generation),
    end: () => (ended ??= end()),
  }
}

/** Null when its server was left before it could be had. */
function take({ pool, left, waiting }: Generation): Promise<PoolClient | null> {
  const { promise, resolve, reject } = Promise.withResolvers<PoolClient | null>()
  const giveUp = () => resolve(null)

  async function dial(): Promise<void> {
    try {
      const client = await pool.connect()
      if (left.signal.aborted) client.release(true)
      else resolve(client)
    } catch (error) {
      reject(error)
    } finally {
      waiting.delete(giveUp)
    }
  }

  waiting.add(giveUp)
  void dial()
  return promise
}
