import type { TaskReference, TaskStatus } from '@brandkit/core'
import { type RawBuilder, sql } from 'kysely'
import { dependencyFailed, NOT_YET, sayNotCompleted, stateOfEarlier } from '../after-tasks.js'
import { FIRST_ALARM_MS } from '../alarm.js'
import type { EndNotices } from '../notice.js'
import { toStorableText } from '../storable-text.js'
import type { DueTask } from '../maintain-pass.js'
import type { Awaiting } from '../plan-unique.js'
import type { NewStoredTask, StoredTask } from '../task-store.js'
import { type DueRow, toDueTask } from './due-task.js'
import { tellingAll } from './notices/tell-ends.js'
import { type ChangedRow, type ChangingProcess, notification, notified, tellOwn } from './notify.js'
import { toInteger, untilMoment } from './read-number.js'
import { rowsOf, type Execute } from './statement.js'

/**
 * Marks the tasks that new ones wait for. A task that has not ended stays locked until the new tasks are stored, so its end
 * sees the mark and releases them.
 *
 * @throws TaskError `dependency_failed`
 */
export async function awaitTasks(execute: Execute, tasks: readonly NewStoredTask[]): Promise<Awaiting> {
  const named = new Set(tasks.flatMap(({ after = [] }) => after.map(({ taskId }) => taskId)))
  const awaited = new Set(tasks.flatMap(({ taskId }) => (named.has(taskId) ? taskId : [])))
  const stored = await markAwaited(
    execute,
    [...named].filter((id) => !awaited.has(id)),
  )
  const stateOf = ({ taskId }: TaskReference) =>
    awaited.has(taskId) ? 'under way' : stateOfEarlier(stored.get(toStorableText(taskId)))
  const waiting = tasks.flatMap(({ taskId, after = [] }): [string, TaskReference[]][] => {
    const lost = after.find((reference) => stateOf(reference) === 'lost')
    if (lost) throw dependencyFailed(lost, stored.get(toStorableText(lost.taskId)))
    const waitsFor = after.filter((reference) => stateOf(reference) === 'under way')
    return waitsFor.length > 0 ? [[taskId, waitsFor]] : []
  })
  return { waitsFor: new Map(waiting), awaited }
}

type StoredState = Pick<StoredTask, 'status' | 'purgedAt'>

async function markAwaited(execute: Execute, taskIds: readonly string[]): Promise<Map<string, StoredState>> {
  if (taskIds.length === 0) return new Map()
  const rows = await execute(sql<{ id: string; status: TaskStatus; purged: boolean }>`
    with locked as materialized (
      select id, status, purged_at is not null as purged, awaited from brandkit.tasks
       where id = any(array(select json_array_elements_text(${rowsOf(taskIds.map(toStorableText))})))
       order by id for update
    ),
    marked as (
      update brandkit.tasks t set awaited = true from locked
       where t.id = locked.id and locked.awaited is null and locked.status in ('queued', 'processing')
    )
    select id, status, purged from locked`)
  return new Map(rows.map(({ id, status, purged }) => [id, { status, ...(purged && { purgedAt: 'removed' }) }]))
}

/** The columns of a new row that follows others, or that others follow. A waiting row is due at a time that its release brings forward. */
export function toAfterColumns({ taskId, after, runAt }: NewStoredTask, { waitsFor, awaited }: Awaiting) {
  const waits = waitsFor.get(taskId)
  return {
    run_at: waits ? NOT_YET : runAt,
    after: after && { tasks: after.map(toStorableReference), runAt },
    waits_for: waits?.map(toStorableReference),
    awaited: awaited.has(taskId) || undefined,
  }
}

function toStorableReference({ taskId, title }: TaskReference): TaskReference {
  return { taskId: toStorableText(taskId), title: toStorableText(title) }
}

interface ReleaseOptions {
  own: ChangingProcess
  notices?: EndNotices | undefined
}

/** After a task has ended: releases or fails what waits for it. A task that fails may be awaited, too. */
export async function releaseFollowers(execute: Execute, taskId: string, options: ReleaseOptions): Promise<DueTask[]> {
  const due: DueTask[] = []
  for (let ended = [taskId]; ended.length > 0;) {
    const waitFor = ended.map((id) => sql`t.waits_for @> ${JSON.stringify([{ taskId: toStorableText(id) }])}::jsonb`)
    const rows = await releaseWhere(execute, sql`(${sql.join(waitFor, sql` or `)})`, options)
    due.push(...dueOf(rows))
    ended = rows.flatMap(({ id, status, awaited }) => (status === 'failed' && awaited ? id : []))
  }
  return due
}

/** Does the same for tasks whose releasing process died, and for those that ended by maintenance. */
export async function releaseForgottenFollowers(
  execute: Execute,
  limit: number,
  options: ReleaseOptions,
): Promise<DueTask[]> {
  const isReady = sql`t.id in (
    select w.id from brandkit.tasks w, jsonb_array_elements(w.waits_for) e
      left join brandkit.tasks a on a.id = e ->> 'taskId'
     where w.waits_for is not null and w.status = 'queued'
       and (a.id is null or a.status not in ('queued', 'processing')) limit ${limit})`
  const due: DueTask[] = []
  // Each round reaches those that wait for the tasks that the last one has failed.
  for (let round = 0; round < 20; round += 1) {
    const rows = await releaseWhere(execute, isReady, options)
    due.push(...dueOf(rows))
    if (!rows.some(({ status, awaited }) => status === 'failed' && awaited)) break
  }
  return due
}

type ReleasedRow = DueRow & ChangedRow & { awaited: boolean | null; released: boolean; due_in_ms: string }

function dueOf(rows: readonly ReleasedRow[]): DueTask[] {
  return rows
    .filter(({ released }) => released)
    .map((row) => Object.assign(toDueTask(row), { dueInMs: Math.max(0, toInteger(row.due_in_ms)) }))
}

/** Shortens the lists of the tasks that match, as the awaited tasks are now. The row is locked before its list is read. */
async function releaseWhere(
  execute: Execute,
  matches: RawBuilder<unknown>,
  { own, notices }: ReleaseOptions,
): Promise<ReleasedRow[]> {
  const dueAt = sql`greatest(clock_timestamp(), (t.after ->> 'runAt')::timestamptz)`
  const [say, more] = sayNotCompleted({ title: '\n' }).split('\n')
  const rows = await execute(sql<ReleasedRow>`
    with locked as materialized (
      select t.id, t.waits_for from brandkit.tasks t
       where t.waits_for is not null and t.status = 'queued' and ${matches}
       order by t.id for update of t
    ),
    judged as materialized (
      select l.id,
             jsonb_agg(e order by position) filter (where a.status in ('queued', 'processing')) as waits_for,
             min(e ->> 'title') filter (where a.id is null or a.purged_at is not null or a.status in ('failed', 'cancelled')) as lost
        from locked l, jsonb_array_elements(l.waits_for) with ordinality as elements (e, position)
        left join brandkit.tasks a on a.id = e ->> 'taskId'
       group by l.id
    ),
    changed as (
      update brandkit.tasks t
         set waits_for = case when lost is null then j.waits_for end,
             version = t.version + 1, updated_at = clock_timestamp(),
             status = case when lost is null then t.status else 'failed' end,
             completed_at = case when lost is not null then clock_timestamp() end,
             epoch = t.epoch + (lost is not null)::integer,
             error_code = case when lost is not null then 'dependency_failed' end,
             last_error = case when lost = '' then ${sayNotCompleted({ title: '' })}
                               when lost is not null then ${say}::text || lost || ${more}::text end,
             run_at = case when lost is not null then coalesce((t.after ->> 'runAt')::timestamptz, t.created_at)
                           when j.waits_for is null then ${dueAt} else t.run_at end,
             redeliver_at = case when lost is null and j.waits_for is null
                            then ${dueAt} + ${FIRST_ALARM_MS} * interval '1 ms' else t.redeliver_at end,
             expires_at = case when lost is null and j.waits_for is null
                          then ${dueAt} + (t.expires_at - t.run_at) else t.expires_at end,
             deadline_at = case when lost is null and j.waits_for is null
                           then ${dueAt} + (t.deadline_at - t.run_at) else t.deadline_at end
        from judged j
       where t.id = j.id and (lost is not null or j.waits_for is distinct from t.waits_for)
      returning t.id, t.tenant_id, t.user_id, t.version, t.status, t.epoch, t.priority, t.rings, true as visible, t.awaited,
                t.status = 'queued' and t.waits_for is null as released, ${untilMoment(sql`t.run_at`)} as due_in_ms
    )${tellingAll(notices)},
    ${notified(own)}
    select *, ${notification} from changed`)
  tellOwn(own, rows)
  return rows
}
