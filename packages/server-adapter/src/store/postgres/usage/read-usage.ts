import { type RawBuilder, sql } from 'kysely'
import { toStorableText } from '../../storable-text.js'
import type { UsageQuery, UsageSelection, UsageSum } from '../../store-usage.js'
import { toInteger } from '../read-number.js'
import { type Execute, rowsOf } from '../statement.js'
import { THIS_MONTH } from './record-usage.js'

interface SumRow {
  kind: UsageSelection['by']
  id: string
  currency: string
  input_tokens: string
  output_tokens: string
  cost_micros: string
}

/** The selections in one statement, in their order. */
export async function readUsage(execute: Execute, { tenantId, month, sums, limit }: UsageQuery): Promise<UsageSum[]> {
  const wanted = sums.map(({ by, id }, place) => ({
    place,
    kind: by,
    id: id === undefined ? null : toStorableText(id),
  }))
  const isOf = (tenant: RawBuilder<unknown>) =>
    tenantId === undefined ? sql`true` : sql`${tenant} = ${toStorableText(tenantId)}`
  const rows = await execute(sql<SumRow>`
    with wanted as materialized (
      select * from json_to_recordset(${rowsOf(wanted)}) as x (place integer, kind text, id text)
    ),
    monthly as (
      select w.place, w.kind, s.*
        from wanted w
       cross join lateral (
         select u.id, u.currency, sum(u.input_tokens) as input_tokens, sum(u.output_tokens) as output_tokens,
                sum(u.cost_micros) as cost_micros, 0 as attempt
           from brandkit.usage_sums u
          where u.month = ${month === undefined ? THIS_MONTH : sql`${month}`} and ${isOf(sql`u.tenant_id`)}
            and u.kind = w.kind and (w.id is null or u.id = w.id)
          group by u.id, u.currency
          order by sum(u.cost_micros) desc, sum(u.input_tokens + u.output_tokens) desc, u.id collate "C", u.currency collate "C"
          limit ${limit}::bigint
       ) s
    ),
    of_attempts as (
      select w.place, w.kind, s.*
        from wanted w
       cross join lateral (
         select r.attempt::text as id, r.currency, sum(r.input_tokens) as input_tokens, sum(r.output_tokens) as output_tokens,
                sum(r.cost_micros) as cost_micros, r.attempt
           from brandkit.usage_reports r
           join brandkit.tasks t on t.id = r.task_id
          where w.kind = 'attempt' and r.task_id = w.id and ${isOf(sql`t.tenant_id`)}
          group by r.attempt, r.currency
          order by r.attempt, r.currency collate "C"
          limit ${limit}::bigint
       ) s
    )
    select kind, id, currency, ${numberOf('input_tokens')}, ${numberOf('output_tokens')}, ${numberOf('cost_micros')}
      from (select * from monthly union all select * from of_attempts) as found
     order by place, attempt, found.cost_micros desc, found.input_tokens + found.output_tokens desc, id collate "C", currency collate "C"`)
  return rows.map(({ kind, id, currency, input_tokens, output_tokens, cost_micros }) => ({
    by: kind,
    id,
    currency,
    inputTokens: toInteger(input_tokens),
    outputTokens: toInteger(output_tokens),
    costMicros: toInteger(cost_micros),
  }))
}

/** As text that `toInteger` reads, and no more than it can read. */
function numberOf(column: string): RawBuilder<unknown> {
  return sql`least(found.${sql.ref(column)}, ${Number.MAX_SAFE_INTEGER})::bigint::text as ${sql.ref(column)}`
}
