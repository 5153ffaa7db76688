import { type RawBuilder, sql } from 'kysely'
import { LONGEST_STATEMENT_MS, STUBBORN_MS } from '../../patience.js'
import type { Execute } from './statement.js'

/**
 * Each process that hears notifications keeps a row in `brandkit.listeners`. A statement notifies only if another process
 * has one, because NOTIFY costs a tenth of the database's work and makes commits wait for each other.
 *
 * No change may be silent for a process that hears. A statement that began before the row was committed does not see it, so
 * a new listener also asks once a second for `JOINING_MS`: no statement of ours runs longer. A create in an app's own
 * transaction, which may run for hours, always notifies.
 */
export const JOINING_MS = LONGEST_STATEMENT_MS + 2 * STUBBORN_MS

/** A silent row belongs to a process that is gone; a row is renewed every 15 seconds (see listen-on.ts). */
const SILENT = sql`interval '1 minute'`

/** Whether another process hears notifications. A statement without an owner asks for nobody in particular, and speaks. */
export function isHeardElsewhere(process: string | null): RawBuilder<unknown> {
  if (process === null) return sql`true`
  return sql`exists (select from brandkit.listeners where process <> ${process})`
}

/**
 * Makes or renews the row of this process.
 *
 * @returns whether the row was missing, so that changes since the last renewal may have been silent
 */
export async function renewListener(execute: Execute, process: string): Promise<'made' | 'renewed'> {
  const [row] = await execute(sql<{ made: boolean }>`
    with gone as (delete from brandkit.listeners where seen_at < clock_timestamp() - ${SILENT} and process <> ${process})
    insert into brandkit.listeners (process, seen_at) values (${process}, clock_timestamp())
        on conflict (process) do update set seen_at = excluded.seen_at
    returning xmax = 0 as made`)
  return row?.made ? 'made' : 'renewed'
}

export async function removeListener(execute: Execute, process: string): Promise<void> {
  await execute(sql`delete from brandkit.listeners where process = ${process}`)
}

/** For an embedded database that this process has just opened alone: all rows are of processes that are gone. */
export async function removeAllListeners(execute: Execute): Promise<void> {
  await execute(sql`delete from brandkit.listeners`)
}
