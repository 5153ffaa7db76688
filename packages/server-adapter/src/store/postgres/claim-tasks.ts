import { isTerminal, type TaskStatus } from '@brandkit/core'
import { sql } from 'kysely'
import { leaseEndSql } from '../lease.js'
import { toStorableText } from '../storable-text.js'
import type { ClaimInput, ClaimOutcome } from '../task-claim.js'
import { type ChangedRow, type ChangingProcess, notification, notified, tellOwn } from './notify.js'
import { admittedByLimits, lockLimits } from './hold-tasks.js'
import { releaseThese } from './release-held.js'
import { toInteger, untilMoment } from './read-number.js'
import { frequent, rowsOf, type Execute } from './statement.js'
import { pickRunning, type RunningRow, type RunningRows } from './running-rows.js'
import { piecesOf, type RowOfText, toPieces, toText } from './find-texts.js'
import { parsePayload, payloadText, taskColumns, toStoredTask, type TaskRow } from './task-row.js'

type ClaimedRow = TaskRow &
  RunningRow &
  ChangedRow & { checkpoints: [step: string, output: unknown][] | null; deadline_in_ms: string | null } & RowOfText

/** The greatest integer of Postgres, so no version is greater. */
const ANY_VERSION = 2 ** 31 - 1

/** Runs several statements as one transaction. */
export type Transact = <T>(work: (execute: Execute) => Promise<T>) => Promise<T>

/**
 * Claims different tasks in one statement; each task may appear once.
 *
 * @param transact needed if other processes claim from the same tables, to count running tasks exactly
 */
export async function claimTasks(
  execute: Execute,
  inputs: readonly ClaimInput[],
  { transact, own, running }: { transact: Transact | null; own: ChangingProcess; running: RunningRows },
): Promise<ClaimOutcome[]> {
  const limited = inputs.some(({ limits }) => limits !== undefined)
  const claimed =
    limited && transact
      ? await transact(async (within) => {
          await lockLimits(within, inputs)
          return claimRows(within, inputs, own)
        })
      : await claimRows(execute, inputs, own)
  tellOwn(own, claimed)
  for (const row of claimed) running.remember({ taskId: row.id, epoch: row.epoch }, pickRunning(row))

  const byId = new Map(claimed.map((row) => [row.id, toClaim(row, inputs)]))
  const lost = inputs.filter(({ taskId }) => !byId.has(taskId))
  const reasons = lost.length > 0 ? await explain(execute, lost) : new Map<string, ClaimOutcome>()
  return inputs.map(({ taskId }) => byId.get(taskId) ?? reasons.get(taskId) ?? { outcome: 'over' })
}

const NEW_LEASE_END = sql.raw(
  leaseEndSql({
    now: 'clock_timestamp()',
    leaseMs: 'x.lease_ms',
    startedAt: 'clock_timestamp()',
    timeoutMs: 't.timeout_ms',
    deadlineAt: 't.deadline_at',
  }),
)

function claimRows(execute: Execute, inputs: readonly ClaimInput[], own: ChangingProcess): Promise<ClaimedRow[]> {
  const limited = inputs.some(({ limits }) => limits !== undefined)
  const values = inputs.map(({ taskId, knownTypes, typeVersions, leaseMs, limits }) => ({
    id: toStorableText(taskId),
    known_types: Object.fromEntries(knownTypes.map((type) => [type, typeVersions?.get(type) ?? ANY_VERSION])),
    lease_ms: leaseMs,
    per_user: limits?.perUser ?? null,
    per_type: limits?.perType ?? null,
  }))
  // Compare-and-set: if two workers race for a row, the second waits for its lock, re-reads the row and matches nothing. The
  // clock is the database's, so workers' clocks need not agree.
  // Limits count rows, and by which index depends on their number.
  return execute(sql<ClaimedRow>`${limited ? sql`` : frequent}
    with input as materialized (
      select * from json_to_recordset(${rowsOf(values)}) as x (
        id text, known_types json, lease_ms double precision, per_user double precision, per_type json)
    ),
    -- Rows are found by primary key alone. With the status as a condition, the planner takes the partial index on it. Once
    -- the queue has grown since the last ANALYZE, that plan reads the whole backlog for every claim.
    locked as materialized (
      select x.*, 'queued' as expected, t.status, t.run_at, t.type, t.type_version, t.tenant_id, t.user_id
        from input x join brandkit.tasks t on t.id = x.id order by t.id for update of t
    ),
    ${limited ? admittedByLimits() : sql``}
    changed as (
      update brandkit.tasks t
         set status = 'processing', attempt = t.attempt + 1, epoch = t.epoch + 1, version = t.version + 1,
             updated_at = clock_timestamp(), attempt_started_at = clock_timestamp(),
             started_at = coalesce(t.started_at, clock_timestamp()),
             held = false, text_length = t.text_kept,
             lease_expires_at = ${NEW_LEASE_END}
        from locked x
       where t.id = x.id and t.status = x.expected and t.run_at <= clock_timestamp()
         and t.type_version <= (x.known_types ->> t.type)::integer
         ${limited ? sql`and t.id in (select id from admitted)` : sql``}
      returning ${taskColumns}, ${payloadText}, true as visible,
                ${untilMoment(sql`t.deadline_at`)} as deadline_in_ms
    ),
    ${notified(own)}
    select *, ${notification},
           (select json_agg(json_build_array(s.step, s.output)) from brandkit.task_steps s where s.task_id = changed.id) as checkpoints,
           case when text_cursor is not null then ${piecesOf(sql`changed.id`)} end as pieces
      from changed`)
}

function toClaim(row: ClaimedRow, inputs: readonly ClaimInput[]): ClaimOutcome {
  const lease = { taskId: row.id, tenantId: row.tenant_id, epoch: row.epoch }
  const task = toStoredTask(Object.assign(row, parsePayload(row.payload_text)))
  // Few tasks have a text.
  const asPieces = row.pieces !== null && inputs.some(({ taskId, textAs }) => textAs && taskId === row.id)
  if (asPieces) task.textPieces = toPieces(row)
  const deadlineInMs = row.deadline_in_ms === null ? undefined : Math.max(0, toInteger(row.deadline_in_ms))
  return {
    outcome: 'claimed',
    task,
    lease,
    checkpoints: new Map(row.checkpoints),
    text: asPieces ? undefined : toText(row),
    deadlineInMs,
  }
}

/** Reads the reasons after the claim: reading first would race with other workers. */
async function explain(execute: Execute, lost: readonly ClaimInput[]): Promise<Map<string, ClaimOutcome>> {
  const rows = await execute(sql<{
    id: string
    status: TaskStatus
    type: string
    type_version: number
    due_in_ms: string
    lease_ms: string | null
    held: boolean
    waits: boolean
  }>`
    select id, status, type, type_version, held, waits_for is not null as waits,
           ${untilMoment(sql`run_at`)} as due_in_ms, ${untilMoment(sql`lease_expires_at`)} as lease_ms
      from brandkit.tasks
     where id in (select json_array_elements_text(${rowsOf(lost.map(({ taskId }) => toStorableText(taskId)))}))`)

  const inputs = new Map(lost.map((input) => [input.taskId, input]))
  const limits = lost.find((input) => input.limits)?.limits
  const held = limits ? rows.flatMap((row) => (row.held && row.status === 'queued' ? row.id : [])) : []
  const released = limits && held.length > 0 ? await releaseThese(execute, held, limits) : new Set<string>()
  const holding = new Set(held.filter((id) => !released.has(id)))
  return new Map(
    rows.flatMap(({ id, status, type, type_version, waits, due_in_ms, lease_ms }): [string, ClaimOutcome][] => {
      const { knownTypes, typeVersions } = inputs.get(id) ?? {}
      if (isTerminal(status) || !knownTypes?.includes(type)) return []
      if (waits) return [[id, { outcome: 'held' }]]
      if (type_version > (typeVersions?.get(type) ?? ANY_VERSION)) return []
      if (status === 'processing') return [[id, { outcome: 'busy', leaseMs: Math.max(0, toInteger(lease_ms ?? '0')) }]]
      if (holding.has(id)) return [[id, { outcome: 'held' }]]
      // The task has become due, or was queued again, since the claim was decided.
      return [[id, { outcome: 'early', dueInMs: Math.max(0, toInteger(due_in_ms)) }]]
    }),
  )
}
