/** The smallest shape of a database transaction: a `pg` client, a PGlite transaction, a thin wrapper around any other. */
export interface SqlTransaction {
  query(text: string, parameters: unknown[]): Promise<{ rows: unknown[] }>
}

/** A handle that a queue driver of the same database understands: a `PGlite`, or a `pg` pool. */
export type SqlDatabase =
  | { kind: 'pglite'; pglite: object }
  | {
      kind: 'postgres'
      /** The store's own, of node-postgres. Another one after a failover, so it is not to be kept. */
      readonly pool: object
      connectionString: string
      /** Prepares connections of the caller's own. They are opened by the first statement. */
      dial: (options: DialOptions) => Promise<SqlConnections>
    }

export interface DialOptions {
  /** Under this name the server's operator sees the connections. */
  applicationName: string
  /** Most connections. Default 10. */
  max?: number
  /** Longest time of a statement or a transaction, in milliseconds. Default: none. */
  longestMs?: number
}

/** Connections to the store's server. They leave a server that has become a standby, all of them at once. */
export interface SqlConnections {
  /** One statement, or several of one transaction without `values`. What a standby refused is sent again. */
  query: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>
  /** Receives what any connection notifies of, over one that is kept for it. Gives the function that stops it. */
  listen: (listening: Listening) => () => Promise<void>
  /** Waits for what is under way, but not for a server that stands still. May be called twice. */
  end: () => Promise<void>
}

export interface Listening {
  channel: string
  onMessage: (payload: string) => void
  /** `live`: every message from now on arrives. `lost`: none does, until it is live again. */
  onState: (state: 'live' | 'lost', reason?: string) => void
}
