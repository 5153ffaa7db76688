import { Client, type ClientBase } from 'pg'
import type { TestPostgres } from '@brandkit/tooling/postgres'

const PRELOAD = `alter system set shared_preload_libraries = 'pg_stat_statements'`

/** Counts the statements that clients send to one database, by Postgres's own extension. */
export const countStatements = {
  /** Restarts the server, because it loads the extension only at its start. */
  async prepare(postgres: TestPostgres): Promise<void> {
    const before = new Client({ connectionString: postgres.connectionString })
    // The restart ends this connection.
    before.on('error', () => {})
    await before.connect()
    await before.query(PRELOAD)
    await before.end()
    await postgres.restart()
    const after = new Client({ connectionString: postgres.connectionString })
    await after.connect()
    await after.query('create extension if not exists pg_stat_statements')
    await after.end()
  },

  /** How many the database of this connection has run since the server started, without those that count. */
  async read(client: ClientBase): Promise<number> {
    await client.query('create extension if not exists pg_stat_statements')
    const { rows } = await client.query<{ calls: number }>(
      `select coalesce(sum(calls), 0)::float8 as calls from pg_stat_statements
        where dbid = (select oid from pg_database where datname = current_database())
          and query not like '%pg_stat_statements%'`,
    )
    return rows[0]?.calls ?? NaN
  },
} as const
