import { Client } from 'pg'

/**
 * Keeps writers off a database as an operator does before a failover, or allows them again. It affects only new connections:
 * fencing ends the open ones, and lifting the fence leaves open ones read-only.
 */
export async function fenceDatabase(url: string, fence: 'up' | 'lifted'): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const readOnly = fence === 'up' ? 'on' : 'off'
    await client.query(`begin read write;
      alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = ${readOnly}; commit`)
    if (fence === 'lifted') return
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`)
  } finally {
    await client.end()
  }
}
