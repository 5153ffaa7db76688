import { TaskError } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import { MIGRATIONS, type Migration } from './migrations.js'
import { executeOn, type Database } from './statement.js'

/** Any number that nobody else uses: "bran" in ASCII, so that it can be recognised in `pg_locks`. */
const LOCK = 0x62_72_61_6e

/** Brings the schema `brandkit` up to date. Several processes may do so at once: one works, the others wait for it. */
export async function migrate(database: Database): Promise<void> {
  if ((await missing(database)).length === 0) return
  await database.transaction().execute(async (transaction) => {
    await run(transaction, sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`)
    await run(transaction, sql`create schema if not exists brandkit`)
    await run(
      transaction,
      sql`create table if not exists brandkit.migrations (number integer primary key, name text not null, applied_at timestamptz not null default now())`,
    )
    // Asked again under the lock: another process may have done it meanwhile.
    for (const { number, name, statements } of await missing(transaction)) {
      for (const statement of statements) await run(transaction, sql.raw(statement))
      await run(transaction, sql`insert into brandkit.migrations (number, name) values (${number}, ${name})`)
    }
  })
}

/** @throws TaskError `store_unavailable` with one sentence when a migration has not been applied. */
export async function assertMigrated(database: Database): Promise<void> {
  const numbers = (await missing(database)).map(({ number }) => number)
  if (numbers.length === 0) return
  throw new TaskError(
    'store_unavailable',
    `The database lacks migration ${numbers.join(', ')} of the schema "brandkit": open the store once with { migrate: 'auto' } when you deploy, for production does not migrate by itself.`,
    { retryable: false },
  )
}

async function missing(database: Database): Promise<Migration[]> {
  const [table] = await executeOn(database)(
    sql<{ exists: boolean }>`select to_regclass('brandkit.migrations') is not null as exists`,
  )
  if (!table?.exists) return [...MIGRATIONS]
  const applied = await executeOn(database)(sql<{ number: number }>`select number from brandkit.migrations`)
  return MIGRATIONS.filter(({ number }) => !applied.some((row) => row.number === number))
}

async function run(database: Database, statement: RawBuilder<unknown>): Promise<void> {
  await executeOn(database)(statement)
}
