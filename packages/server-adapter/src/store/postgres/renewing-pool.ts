import type { ClientBase, Pool, PoolClient, QueryResult } from 'pg'
import { STUBBORN_MS, waitAtMost } from '../../patience.js'
import { repeatRefused } from './repeat-refused.js'
import type { StatementNames } from './statement-names.js'
import { isServerLost } from './to-store-error.js'

/** A pool that dials all its connections anew when one of them loses its server or is told that the server is a standby. */
export interface RenewingPool {
  /** The current pool of node-postgres. */
  readonly current: Pool
  readonly options: object
  /** Aborts when the pool leaves its open connections: other connections to the same server should leave it, too. */
  readonly left: AbortSignal
  connect: () => Promise<PoolClient>
  /** One statement, or several as one transaction without `values`. A statement that was refused is sent again. */
  query: (text: string, values?: unknown[]) => Promise<QueryResult>
  /** Ends the open connections (those in use after their statement), and dials again for the next statement. */
  renew: () => void
  /** Waits for running statements, but not for a server that hangs. */
  end: () => Promise<void>
}

interface Generation {
  pool: Pool
  left: AbortController
  /** Callers that wait for a connection. An ended pool of node-postgres never serves its queue. */
  waiting: Set<() => void>
}

interface RenewingPoolOptions {
  /** Makes a pool without connecting. */
  dial: () => Pool
  /** Longest time of a statement or a transaction, in milliseconds. Default: none. */
  longestMs?: number
  /** Names for the statements of connections that `keepsNames`. Default: no names. */
  names?: StatementNames
  keepsNames?: (client: ClientBase) => boolean
}

/**
 * After a failover the address leads to the new primary, while the old one may keep connections open and refuse writes. So
 * one refusal makes the pool leave all connections that were dialled before it. Otherwise idle connections would refuse one
 * by one, and a returned connection again and again.
 */
export function createRenewingPool({
  dial,
  longestMs,
  names,
  keepsNames = () => false,
}: RenewingPoolOptions): RenewingPool {
  const inUse = new Map<PoolClient, NodeJS.Timeout | undefined>()
  const reported = new WeakMap<PoolClient, PoolClient>()
  const ending = new Set<Promise<void>>()
  let ended: Promise<void> | null = null
  let generation = begin()

  function begin(): Generation {
    const pool = dial()
    // A broken idle connection is replaced at the next statement; without a listener, its error would end the process.
    pool.on('error', () => {})
    // The error of a connection in use would end the process, too: the pool removes its own listener from clients in use.
    // The caller of the statement gets the same error.
    pool.on('connect', (client) => void client.on('error', () => {}))
    pool.on('acquire', (client) => {
      // Ends the connection together with its statement; the pool makes another connection.
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

  /**
   * A wrapper of the client that names statements and notices refusals. Each client has one wrapper, since Kysely identifies
   * connections by it.
   */
  function report(client: PoolClient, from: Generation): PoolClient {
    const known = reported.get(client)
    if (known) return known
    const query = async (text: string, values?: unknown[]) => {
      const name = keepsNames(client) ? names?.nameOf(text) : undefined
      try {
        return await (name === undefined
          ? client.query(text, values)
          : client.query({ name, text, values: values ?? [] }))
      } catch (error) {
        if (name !== undefined) names?.refused(error)
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
      // The late answer of this statement could otherwise reach the next statement.
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

/** Returns null when the pool leaves the server before the connection is ready. */
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
