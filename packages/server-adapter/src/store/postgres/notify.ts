import { type RawBuilder, sql } from 'kysely'

export const CHANNEL = 'brandkit_tasks'

/**
 * The CTE `notified` tells listeners of every row of the CTE `changed` whose `visible` is true, in the same statement as the
 * change. So a listener that sees the commit gets the message. One commit sends one message, unless the message exceeds the
 * payload limit (8,000 bytes). The CTE runs only when selected from, which `notification` does.
 */
export const notified: RawBuilder<unknown> = sql`
  notified as materialized (
    select count(pg_notify(${sql.lit(CHANNEL)}, '[' || items || ']')) as messages
      from (
        select string_agg(item, ',') as items
          from (
            select item, sum(octet_length(item)) over (order by id) / 5000 as message
              from (
                select id, json_build_array(id, tenant_id, user_id, version, status, epoch)::text as item
                  from changed
                 where visible
              ) as item
          ) as numbered
         group by message
      ) as messages
  )`

export const notification: RawBuilder<unknown> = sql`(select messages from notified) as messages`
