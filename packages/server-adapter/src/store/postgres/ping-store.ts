import { sql } from 'kysely'
import type { Execute } from './statement.js'

/**
 * Asks for the lock of no row, which writes nothing. A database that is read-only refuses it as it refuses every write, and
 * so the connections are dialled anew as after a write.
 */
export async function pingStore(execute: Execute): Promise<void> {
  await execute(sql`select 1 from brandkit.tasks where id = 'health' for update`)
}
