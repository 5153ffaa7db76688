/** The smallest shape of a database transaction: a `pg` client, a PGlite transaction, a thin wrapper around any other. */
export interface SqlTransaction {
  query(text: string, parameters: unknown[]): Promise<{ rows: unknown[] }>
}

/**
 * Begins the text of a statement that gets a name where the connection keeps names. Postgres plans a named statement once
 * and keeps the plan while the table grows from nothing to millions of rows. So only those are frequent that find every row
 * by one index at any size; a choice between indexes depends on the size.
 */
export const FREQUENT = '/* frequent */ '

/** A handle that a queue driver of the same database understands: a `PGlite`, or a `pg` pool. */
export type SqlDatabase =
  | { kind: 'pglite'; pglite: object }
  | {
      kind: 'postgres'
      /** The store's own pool of node-postgres. A failover replaces the pool, so read this property each time. */
      readonly pool: object
      connectionString: string
      /** Prepares connections for the caller. The first statement opens them. */
      dial: (options: DialOptions) => Promise<SqlConnections>
    }

export interface DialOptions {
  /** The name of the connections that the server's operator sees. */
  applicationName: string
  /** Most connections. Default 10. */
  max?: number
  /** Longest time of a statement or a transaction, in milliseconds. Default: none. */
  longestMs?: number
}

/** Connections to the store's server. They all leave a server that has become a standby. */
export interface SqlConnections {
  /** One statement, or several as one transaction without `values`. A statement that was refused is sent again. */
  query: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>
  /** Receives the notifications of any connection, over a dedicated connection. Returns the function that stops it. */
  listen: (listening: Listening) => () => Promise<void>
  /** Waits for running statements, but not for a server that hangs. May be called twice. */
  end: () => Promise<void>
}

export interface Listening {
  channel: string
  /**
   * How often to check the connection, in milliseconds, because a network drops a quiet connection silently. Default 5 s.
   */
  checkEveryMs?: number | undefined
  onMessage: (payload: string) => void
  /** `live`: every message from now on arrives. `lost`: no message arrives until the next `live`. */
  onState: (state: 'live' | 'lost', reason?: string) => void
}
