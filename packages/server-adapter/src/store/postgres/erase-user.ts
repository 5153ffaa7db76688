import { type RawBuilder, sql } from 'kysely'
import { sayNotCompleted } from '../after-tasks.js'
import { ERASED_USER, type EraseInput, type EraseOutcome } from '../audit.js'
import { toStorableText } from '../storable-text.js'
import type { Transact } from './claim-tasks.js'
import { type ChangedRow, type ChangingProcess, notification, notified, tellOwn } from './notify.js'
import { type Execute, rowsOf } from './statement.js'

type ErasedRow = ChangedRow & { is_own: boolean; was_active: boolean; renamed: number; forgotten: number }

/** A locked task. */
interface Naming {
  id: string
  /** It follows a task of an erased user, and still tells the title. */
  follows: boolean
}

interface Person {
  tenant: string
  user: string
  /** Who erases, for the audit. */
  actor: string
  limit: number
}

/**
 * One pass, in one transaction. A statement sees nothing that is committed after its beginning, so one that waits for a row
 * would leave the checkpoint of the worker that held it. The rows are therefore locked first, and emptied by another statement.
 */
export async function eraseUser(
  transact: Transact,
  { tenantId, userId, by, limit }: EraseInput,
  own: ChangingProcess,
): Promise<EraseOutcome> {
  const person: Person = {
    tenant: toStorableText(tenantId),
    user: toStorableText(userId),
    actor: by === userId ? ERASED_USER : toStorableText(by),
    limit,
  }
  const rows = await transact(async (execute) => erase(execute, await lockNaming(execute, person), { person, own }))
  const touched = rows.filter(({ id }) => id !== null)
  tellOwn(own, touched)

  const erased = touched.filter(({ is_own }) => is_own)
  const [totals] = rows
  return {
    erased: erased.length,
    cancelled: erased.filter(({ was_active }) => was_active).length,
    renamed: (totals?.renamed ?? 0) + touched.length - erased.length,
    forgotten: totals?.forgotten ?? 0,
  }
}

/** The tasks that name the user, and those that name the user's tasks, locked in the order of ids, as everywhere. */
function lockNaming(execute: Execute, { tenant, user, limit }: Person): Promise<Naming[]> {
  const named = sql`t.tenant_id = ${tenant} and t.user_id <> ${user}`
  return execute(sql<Naming>`
    with following as materialized (
      select t.id from brandkit.tasks t
       where ${named} and t.after is not null and exists (
         select from json_array_elements(t.after -> 'tasks') e where e ->> 'title' <> '' and ${theirs(sql`e`, { tenant, user })})
       limit ${limit}
    ),
    found as materialized (
      (select t.id from brandkit.tasks t
        where t.tenant_id = ${tenant} and t.user_id = ${user} order by t.created_at desc, t.id desc limit ${limit})
      union
      (select t.id from brandkit.tasks t where ${named} and t.created_by = ${user} and t.created_by <> t.user_id limit ${limit})
      union
      (select t.id from brandkit.tasks t where ${named} and t.cancelled_by = ${user} limit ${limit})
      union
      select id from following
    )
    select t.id, t.id in (select id from following) as follows
      from found join brandkit.tasks t on t.id = found.id
     order by t.id
       for update of t`)
}

function theirs(
  reference: RawBuilder<unknown>,
  { tenant, user }: Pick<Person, 'tenant' | 'user'>,
): RawBuilder<unknown> {
  return sql`exists (
    select from brandkit.tasks p where p.id = ${reference} ->> 'taskId' and p.tenant_id = ${tenant} and p.user_id in (${user}, ${ERASED_USER}))`
}

/** The row of `totals` is always there, also when no task is left and only keys or entries of the audit were found. */
async function erase(
  execute: Execute,
  naming: readonly Naming[],
  { person: { tenant, user, actor, limit }, own }: { person: Person; own: ChangingProcess },
): Promise<ErasedRow[]> {
  const untitled = (references: RawBuilder<unknown>) => sql`(
    select jsonb_agg(case when ${theirs(sql`e`, { tenant, user })} then e || '{"title":""}' else e end order by position)
      from jsonb_array_elements(${references}) with ordinality as elements (e, position))`
  return execute(sql<ErasedRow>`
    with locked as materialized (
      select t.id, t.user_id, t.user_id = ${user} as is_own, t.status in ('queued', 'processing') as was_active,
             t.user_id <> ${user} and x.follows as follows
        from json_to_recordset(${rowsOf(naming)}) as x (id text, follows boolean)
        join brandkit.tasks t on t.id = x.id
    ),
    emptied as (delete from brandkit.task_steps where task_id in (select id from locked where is_own)),
    unread as (delete from brandkit.task_texts where task_id in (select id from locked where is_own)),
    untold as (delete from brandkit.notices where task_id in (select id from locked where is_own)),
    changed as (
      update brandkit.tasks t
         set status = case when l.is_own and l.was_active then 'cancelled' else t.status end,
             epoch = t.epoch + (l.is_own and l.was_active)::integer,
             completed_at = case when l.is_own then coalesce(t.completed_at, clock_timestamp()) else t.completed_at end,
             lease_expires_at = case when l.is_own then null else t.lease_expires_at end,
             current_step = case when l.is_own then null else t.current_step end,
             payload = case when l.is_own then null else t.payload end,
             result = case when l.is_own then null else t.result end,
             partial_result = case when l.is_own then null else t.partial_result end,
             plan = case when l.is_own then '[]' else t.plan end,
             step_started = case when l.is_own then '{}' else t.step_started end,
             step_completed = case when l.is_own then '{}' else t.step_completed end,
             step_items = case when l.is_own then null else t.step_items end,
             title = case when l.is_own then '' else t.title end,
             last_error = case when l.is_own then null
                               when l.follows and t.error_code = 'dependency_failed' then ${sayNotCompleted({ title: '' })}
                               else t.last_error end,
             tags = case when l.is_own then null else t.tags end,
             words = case when l.is_own then null else t.words end,
             unique_key = case when l.is_own then null else t.unique_key end,
             keys_of = case when l.is_own then null else t.keys_of end,
             traceparent = case when l.is_own then null else t.traceparent end,
             waiting_for = case when l.is_own then null else t.waiting_for end,
             text_epoch = case when l.is_own then null else t.text_epoch end,
             text_length = case when l.is_own then null else t.text_length end,
             text_kept = case when l.is_own then null else t.text_kept end,
             after = case when l.is_own then null
                          when l.follows then jsonb_set(t.after::jsonb, '{tasks}', ${untitled(sql`t.after::jsonb -> 'tasks'`)})::json
                          else t.after end,
             waits_for = case when l.is_own then null
                              when l.follows and t.waits_for is not null then ${untitled(sql`t.waits_for`)} else t.waits_for end,
             run_at = case when l.is_own and t.waits_for is not null
                      then coalesce((t.after ->> 'runAt')::timestamptz, t.created_at) else t.run_at end,
             purged_at = case when l.is_own then coalesce(t.purged_at, clock_timestamp()) else t.purged_at end,
             user_id = case when l.is_own then ${ERASED_USER} else t.user_id end,
             created_by = case when t.created_by = ${user} then ${ERASED_USER} else t.created_by end,
             cancelled_by = case
               when l.is_own and l.was_active then ${actor}
               when t.cancelled_by = ${user} then ${ERASED_USER} else t.cancelled_by end,
             version = t.version + 1, updated_at = clock_timestamp()
        from locked l
       where t.id = l.id
      -- The former owner's watchers have to hear of it.
      returning t.id, t.tenant_id, l.user_id, t.version, t.status, t.epoch, true as visible, l.is_own, l.was_active
    ),
    keys as (
      delete from brandkit.idempotency
       where tenant_id = ${tenant} and user_id = ${user} and key in (
         select key from brandkit.idempotency where tenant_id = ${tenant} and user_id = ${user} limit ${limit})
      returning key
    ),
    sums as (
      delete from brandkit.usage_sums where tenant_id = ${tenant} and kind = 'user' and id = ${user} returning month
    ),
    renamed as (
      update brandkit.audit
         set actor = case when actor = ${user} then ${ERASED_USER} else actor end,
             user_id = case when user_id = ${user} then ${ERASED_USER} else user_id end
       where number in (
         select number from brandkit.audit
          where tenant_id = ${tenant} and (actor = ${user} or user_id = ${user})
          order by number limit ${limit} for update)
      returning number
    ),
    audited as (
      insert into brandkit.audit (tenant_id, action, actor, user_id, count)
      select ${tenant}, 'erase', ${actor}, ${ERASED_USER}, count(*) from changed where is_own having count(*) > 0
    ),
    ${notified(own)},
    totals as (
      select (select count(*) from renamed)::integer as renamed,
             ((select count(*) from keys) + (select count(*) from sums))::integer as forgotten, ${notification}
    )
    select changed.*, totals.* from totals left join changed on true`)
}
