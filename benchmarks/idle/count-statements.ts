import type { ClientBase } from 'pg'

/** Counts the statements that clients send to one database, by Postgres's own extension. */
export const countStatements = {
  /** Settings of the server, which loads the extension only at its start. */
  settings: { shared_preload_libraries: 'pg_stat_statements' },

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
