import type { TaskStatus } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import type { TaskChange } from '../task-watcher.js'
import { isHeardElsewhere } from './listeners.js'

export const CHANNEL = 'brandkit_tasks'

/** The process that changes tasks. Its own watchers learn of a change from it if no notification was sent. */
export interface ChangingProcess {
  /** Its id among the listeners; null within an app's transaction, which always notifies. */
  id: string | null
  tell: (changes: readonly TaskChange[]) => void
}

/** The columns of `changed` that a change consists of, and the number of notifications that `notification` adds. */
export interface ChangedRow {
  id: string
  tenant_id: string
  user_id: string
  version: number
  status: TaskStatus
  epoch: number
  visible: boolean
  messages: string
}

/**
 * The CTE `notified` tells listeners of other processes of every row of the CTE `changed` whose `visible` is true, in the
 * same statement as the change. So a listener that sees the commit gets the message. One commit sends one message, unless the
 * message exceeds the payload limit (8,000 bytes). The CTE runs only when selected from, which `notification` does.
 */
export function notified({ id }: ChangingProcess): RawBuilder<unknown> {
  return sql`
  notified as materialized (
    select count(pg_notify(${sql.lit(CHANNEL)}, '[' || items || ']')) as messages
      from (
        select string_agg(item, ',') as items
          from (
            select item, sum(octet_length(item)) over (order by id) / 5000 as message
              from (
                select id, json_build_array(id, tenant_id, user_id, version, status, epoch)::text as item
                  from changed
                 where visible and ${isHeardElsewhere(id)}
              ) as item
          ) as numbered
         group by message
      ) as messages
  )`
}

export const notification: RawBuilder<unknown> = sql`(select messages from notified)::text as messages`

/** After the commit: tells the watchers of this process what no notification tells them. */
export function tellOwn({ id, tell }: ChangingProcess, rows: readonly ChangedRow[]): void {
  if (id === null) return
  const silent = rows.filter(({ visible, messages }) => visible && messages === '0')
  if (silent.length === 0) return
  tell(
    silent.map((row) => ({
      taskId: row.id,
      tenantId: row.tenant_id,
      userId: row.user_id,
      version: row.version,
      status: row.status,
      epoch: row.epoch,
    })),
  )
}
