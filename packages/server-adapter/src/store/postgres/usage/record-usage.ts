import type { TaskStatus } from '@brandkit/core'
import { sql } from 'kysely'
import { toStorableText } from '../../storable-text.js'
import type { Lease } from '../../task-store.js'
import type { UsageReport } from '../../store-usage.js'
import { type ChangedRow, type ChangingProcess, notification, notified, tellOwn } from '../notify.js'
import { type Execute, rowsOf } from '../statement.js'

export interface UsageEntry {
  lease: Lease
  report: UsageReport
}

/**
 * Stores reports of usage in one statement, and adds the new ones to their task and to the sums of the month.
 *
 * No lease is asked for: the money is spent, even if another worker owns the task by now. Tasks are locked first, in the
 * order of ids, and sums last, in the order of their keys, so that two processes cannot deadlock.
 *
 * @returns whether each lease still owns its task
 */
export async function recordUsage(
  execute: Execute,
  entries: readonly UsageEntry[],
  own: ChangingProcess,
): Promise<('owned' | 'lost')[]> {
  const rows = await execute(sql<ChangedRow & { status: TaskStatus }>`
    with input as materialized (
      select * from json_to_recordset(${rowsOf(entries.flatMap(toRows))}) as x (
        task_id text, epoch integer, sequence integer, attempt integer, model text, currency text, input_tokens numeric,
        output_tokens numeric, cost_micros numeric)
    ),
    locked as materialized (
      select t.id, t.tenant_id, t.user_id, t.brand_id, t.type, t.status, t.epoch, t.version
        from brandkit.tasks t
       where t.id = any(array(select task_id from input))
       order by t.id
         for update of t
    ),
    spent as (
      insert into brandkit.usage_reports
        (task_id, epoch, sequence, attempt, model, currency, input_tokens, output_tokens, cost_micros)
      select x.*
        from (select task_id, epoch, sequence, attempt, model, currency, input_tokens, output_tokens, cost_micros from input) x
        join locked l on l.id = x.task_id and x.epoch between 1 and l.epoch
      -- A repetition after a lost reply adds nothing.
      on conflict do nothing
      returning *
    ),
    changed as (
      update brandkit.tasks t
         set version = t.version + 1, updated_at = clock_timestamp(),
             usage = (
               select jsonb_agg(jsonb_build_object(
                        'model', model, 'currency', currency, 'inputTokens', input_tokens, 'outputTokens', output_tokens,
                        'costMicros', cost_micros) order by model collate "C", currency collate "C")
                 from (
                   select model, currency, sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens,
                          sum(cost_micros) as cost_micros
                     from (
                       select model, currency, "inputTokens" as input_tokens, "outputTokens" as output_tokens,
                              "costMicros" as cost_micros
                         from jsonb_to_recordset(coalesce(t.usage, '[]')) as known (
                           model text, currency text, "inputTokens" numeric, "outputTokens" numeric, "costMicros" numeric)
                       union all
                       select model, currency, input_tokens, output_tokens, cost_micros from spent where task_id = t.id
                     ) as parts
                    group by model, currency
                 ) as sums)
       where t.id = any(array(select id from locked)) and t.id in (select task_id from spent)
      returning t.id, t.tenant_id, t.user_id, t.status, t.epoch, t.version, true as visible
    ),
    summed as (
      insert into brandkit.usage_sums as s
        (month, tenant_id, kind, id, currency, input_tokens, output_tokens, cost_micros)
      select ${THIS_MONTH}, l.tenant_id, k.kind, k.id, x.currency, sum(x.input_tokens), sum(x.output_tokens), sum(x.cost_micros)
        from spent x
        join locked l on l.id = x.task_id
       cross join lateral (values
         ('tenant', l.tenant_id), ('user', l.user_id), ('brand', l.brand_id), ('type', l.type), ('model', x.model)
       ) as k (kind, id)
       group by l.tenant_id, k.kind, k.id, x.currency
       order by l.tenant_id, k.kind, k.id, x.currency
      on conflict (month, tenant_id, kind, id, currency) do update
         set input_tokens = s.input_tokens + excluded.input_tokens,
             output_tokens = s.output_tokens + excluded.output_tokens,
             cost_micros = s.cost_micros + excluded.cost_micros
    ),
    ${notified(own)}
    select l.id, l.tenant_id, l.user_id, l.status, l.epoch, coalesce(c.version, l.version) as version,
           c.id is not null as visible, ${notification}
      from locked l left join changed c on c.id = l.id`)
  tellOwn(own, rows)

  const byId = new Map(rows.map((row) => [row.id, row]))
  return entries.map(({ lease }) => {
    const row = byId.get(lease.taskId)
    return row?.status === 'processing' && row.epoch === lease.epoch ? 'owned' : 'lost'
  })
}

/** The month of the database's clock in UTC: `2026-11`. */
export const THIS_MONTH = sql`to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM')`

function toRows({ lease, report: { attempt, sequence, used } }: UsageEntry) {
  return used.map(({ model, currency, inputTokens, outputTokens, costMicros }) => ({
    task_id: toStorableText(lease.taskId),
    epoch: lease.epoch,
    sequence,
    attempt,
    model: toStorableText(model),
    currency,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    cost_micros: costMicros,
  }))
}
