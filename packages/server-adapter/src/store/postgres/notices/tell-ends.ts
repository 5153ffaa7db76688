import type { TerminalStatus } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import { type EndNotices, NOTICE_LIFE_MS } from '../../notice.js'
import { rowsOf } from '../statement.js'

/** A notice to be stored if the statement ends the task with this status. */
export interface EndNoticeRow {
  task_id: string
  status: TerminalStatus
  target: string
}

export function toNoticeRows(
  taskId: string,
  notices: EndNotices | undefined,
  statuses: readonly TerminalStatus[],
): EndNoticeRow[] {
  if (!notices) return []
  return statuses.flatMap((status) => (notices[status] ?? []).map((target) => ({ task_id: taskId, status, target })))
}

/**
 * The CTE that stores the notices of rows in the CTE `changed` which have just ended. Empty without notices, so that the
 * statements of servers without targets stay as they are.
 */
export function tellingEach(rows: readonly EndNoticeRow[]): RawBuilder<unknown> {
  if (rows.length === 0) return sql``
  return telling(sql`
    json_to_recordset(${rowsOf(rows)}) as n (task_id text, status text, target text)
       on n.task_id = c.id and n.status = c.status`)
}

/** As `tellingEach`, for a statement that finds the tasks itself. */
export function tellingAll(notices: EndNotices | undefined): RawBuilder<unknown> {
  if (!notices) return sql``
  const rows = Object.entries(notices).flatMap(([status, targets]) => targets.map((target) => ({ status, target })))
  return telling(sql`json_to_recordset(${rowsOf(rows)}) as n (status text, target text) on n.status = c.status`)
}

function telling(matching: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`,
    told as (
      insert into brandkit.notices (task_id, target, due_at, give_up_at)
      select c.id, n.target, clock_timestamp(), clock_timestamp() + ${NOTICE_LIFE_MS} * interval '1 ms'
        from changed c join ${matching}
      on conflict (task_id, target) do nothing
    )`
}
