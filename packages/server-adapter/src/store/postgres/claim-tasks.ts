import { isTerminal, type TaskStatus } from '@brandkit/core'
import { sql } from 'kysely'
import { toStorableText } from '../storable-text.js'
import type { ClaimInput, ClaimOutcome } from '../task-store.js'
import { announced, announcement } from './announce.js'
import { rowsOf, type Execute } from './statement.js'
import { payloadColumns, taskColumns, toStoredTask, type TaskRow } from './task-row.js'

type ClaimedRow = TaskRow & { checkpoints: [step: string, output: unknown][] | null }

/** Claims for different tasks, one statement; each task at most once in it. */
export async function claimTasks(execute: Execute, inputs: readonly ClaimInput[]): Promise<ClaimOutcome[]> {
  const values = inputs.map(({ taskId, knownTypes, leaseMs }) => ({
    id: toStorableText(taskId),
    known_types: knownTypes,
    lease_ms: leaseMs,
  }))
  // Compare-and-set: of two workers racing for a row, the second waits for its lock, re-reads it and matches nothing.
  // The clock is the database's, so workers' clocks need not agree.
  const claimed = await execute(sql<ClaimedRow>`
    with input as materialized (
      select * from json_to_recordset(${rowsOf(values)}) as x (id text, known_types json, lease_ms double precision)
    ),
    -- By primary key and nothing else. With the status in sight the planner takes a partial index on it, and when the
    -- queue has grown since the last ANALYZE, it reads the whole backlog for every claim.
    locked as materialized (
      select t.id, 'queued' as expected from brandkit.tasks t where t.id = any(array(select id from input)) order by t.id for update
    ),
    changed as (
      update brandkit.tasks t
         set status = 'processing', attempt = t.attempt + 1, epoch = t.epoch + 1, version = t.version + 1,
             updated_at = clock_timestamp(), attempt_started_at = clock_timestamp(),
             started_at = coalesce(t.started_at, clock_timestamp()),
             lease_expires_at = clock_timestamp() + least(x.lease_ms, t.timeout_ms) * interval '1 ms'
        from input x
        join locked on locked.id = x.id
       where t.id = locked.id and t.status = locked.expected and t.run_at <= clock_timestamp()
         and t.type in (select json_array_elements_text(x.known_types))
      returning ${taskColumns}, ${payloadColumns}, true as visible
    ),
    ${announced}
    select *, ${announcement},
           (select json_agg(json_build_array(s.step, s.output)) from brandkit.task_steps s where s.task_id = changed.id) as checkpoints
      from changed`)

  const byId = new Map(claimed.map((row) => [row.id, toClaim(row)]))
  const lost = inputs.filter(({ taskId }) => !byId.has(taskId))
  const reasons = lost.length > 0 ? await explain(execute, lost) : new Map<string, ClaimOutcome>()
  return inputs.map(({ taskId }) => byId.get(taskId) ?? reasons.get(taskId) ?? { outcome: 'over' })
}

function toClaim(row: ClaimedRow): ClaimOutcome {
  const lease = { taskId: row.id, epoch: row.epoch }
  return { outcome: 'claimed', task: toStoredTask(row), lease, checkpoints: new Map(row.checkpoints) }
}

/** Asked afterwards: reading first would race with other workers. */
async function explain(execute: Execute, lost: readonly ClaimInput[]): Promise<Map<string, ClaimOutcome>> {
  const rows = await execute(sql<{
    id: string
    status: TaskStatus
    type: string
    due_in_ms: number
    lease_ms: number | null
  }>`
    select id, status, type,
           ceil(extract(epoch from run_at - clock_timestamp()) * 1000)::double precision as due_in_ms,
           ceil(extract(epoch from lease_expires_at - clock_timestamp()) * 1000)::double precision as lease_ms
      from brandkit.tasks
     where id in (select json_array_elements_text(${rowsOf(lost.map(({ taskId }) => toStorableText(taskId)))}))`)

  const types = new Map(lost.map(({ taskId, knownTypes }) => [taskId, knownTypes]))
  return new Map(
    rows.flatMap(({ id, status, type, due_in_ms, lease_ms }): [string, ClaimOutcome][] => {
      if (isTerminal(status) || !types.get(id)?.includes(type)) return []
      if (status === 'processing') return [[id, { outcome: 'busy', leaseMs: Math.max(0, lease_ms ?? 0) }]]
      // It has become due, or was queued again, since the claim was decided.
      return [[id, { outcome: 'early', dueInMs: Math.max(0, due_in_ms) }]]
    }),
  )
}
