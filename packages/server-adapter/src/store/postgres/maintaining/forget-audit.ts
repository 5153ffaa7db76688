import { sql } from 'kysely'
import type { Execute } from '../statement.js'

/** Deletes entries of the audit that are older than `auditMs`. */
export async function forgetAudit(execute: Execute, auditMs: number, limit: number): Promise<void> {
  await execute(sql`
    delete from brandkit.audit where number in (
      select number from brandkit.audit
       where at <= (select clock_timestamp()) - ${auditMs} * interval '1 ms'
       order by number limit ${limit})`)
}
