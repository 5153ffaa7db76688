/** Who did what. A plain task writes nothing here. */
export function auditTable(): string[] {
  return [
    `alter table brandkit.tasks add column cancelled_by text`,
    `create table brandkit.audit (
      number bigint generated always as identity primary key,
      tenant_id text not null,
      at timestamptz not null default clock_timestamp(),
      action text not null,
      actor text not null,
      user_id text not null,
      task_id text collate "C",
      count integer
    )`,
    `create index audit_tenant on brandkit.audit (tenant_id, number desc)`,
    `create index audit_actor on brandkit.audit (tenant_id, actor)`,
    `create index audit_user on brandkit.audit (tenant_id, user_id)`,
    `create index audit_at on brandkit.audit (at)`,
  ]
}

/**
 * What finds the rows that name a user other than their owner. No task has an entry there unless one user acts for another.
 * Erasing a user changes rows that have ended, so the trigger lets a tombstone lose whatever it still says.
 */
export function erasure() {
  return {
    builds: {
      tasks_created_for: `brandkit.tasks (tenant_id, created_by) where created_by <> user_id`,
      tasks_cancelled_by: `brandkit.tasks (tenant_id, cancelled_by) where cancelled_by is not null`,
    },
    statements: [
      `create or replace function brandkit.refuse_resurrection() returns trigger language plpgsql as $$
      declare
        allowed brandkit.tasks := new;
      begin
        -- A tombstone may lose whatever it still says. What it did stays.
        if new.purged_at is not null and new.payload is null and new.result is null and new.partial_result is null
           and (new.id, new.tenant_id, new.brand_id, new.type, new.priority, new.max_retries, new.trace_id, new.batch_id,
                new.retry_of, new.status, new.progress, new.rings, new.attempt, new.epoch, new.created_at,
                new.started_at, new.completed_at, new.settled_epoch, new.settled_as, new.error_code)
               is not distinct from
               (old.id, old.tenant_id, old.brand_id, old.type, old.priority, old.max_retries, old.trace_id, old.batch_id,
                old.retry_of, old.status, old.progress, old.rings, old.attempt, old.epoch, old.created_at,
                old.started_at, old.completed_at, old.settled_epoch, old.settled_as, old.error_code) then
          return new;
        end if;
        if new.created_by <> old.created_by or new.cancelled_by is distinct from old.cancelled_by then
          allowed.created_by := old.created_by;
          allowed.cancelled_by := old.cancelled_by;
          allowed.version := old.version;
          allowed.updated_at := old.updated_at;
        end if;
        if new.usage is distinct from old.usage then
          allowed.usage := old.usage;
          allowed.version := old.version;
          allowed.updated_at := old.updated_at;
        end if;
        if allowed *<> old then
          raise exception 'Task % is % and cannot change any more.', old.id, old.status using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`,
    ],
  }
}

/** Erasing a user also takes the titles of their tasks out of tasks that follow them, ended ones too. */
export function titlesOfFollowed(): string[] {
  return [
    `create or replace function brandkit.refuse_resurrection() returns trigger language plpgsql as $$
    declare
      allowed brandkit.tasks := new;
    begin
      -- A tombstone may lose whatever it still says. What it did stays.
      if new.purged_at is not null and new.payload is null and new.result is null and new.partial_result is null
         and (new.id, new.tenant_id, new.brand_id, new.type, new.priority, new.max_retries, new.trace_id, new.batch_id,
              new.retry_of, new.status, new.progress, new.rings, new.attempt, new.epoch, new.created_at,
              new.started_at, new.completed_at, new.settled_epoch, new.settled_as, new.error_code)
             is not distinct from
             (old.id, old.tenant_id, old.brand_id, old.type, old.priority, old.max_retries, old.trace_id, old.batch_id,
              old.retry_of, old.status, old.progress, old.rings, old.attempt, old.epoch, old.created_at,
              old.started_at, old.completed_at, old.settled_epoch, old.settled_as, old.error_code) then
        return new;
      end if;
      if new.created_by <> old.created_by or new.cancelled_by is distinct from old.cancelled_by then
        allowed.created_by := old.created_by;
        allowed.cancelled_by := old.cancelled_by;
        allowed.version := old.version;
        allowed.updated_at := old.updated_at;
      end if;
      -- A task that follows others keeps their titles until their owner is erased. No other part of the references changes.
      if new.after::text is distinct from old.after::text and exists (
           select from json_array_elements(new.after -> 'tasks') e where e ->> 'title' = '')
         and (select json_agg(e ->> 'taskId')::text from json_array_elements(new.after -> 'tasks') e)
           = (select json_agg(e ->> 'taskId')::text from json_array_elements(old.after -> 'tasks') e) then
        allowed.after := old.after;
        allowed.waits_for := old.waits_for;
        if old.error_code = 'dependency_failed' then allowed.last_error := old.last_error; end if;
        allowed.version := old.version;
        allowed.updated_at := old.updated_at;
      end if;
      if new.usage is distinct from old.usage then
        allowed.usage := old.usage;
        allowed.version := old.version;
        allowed.updated_at := old.updated_at;
      end if;
      if allowed *<> old then
        raise exception 'Task % is % and cannot change any more.', old.id, old.status using errcode = 'restrict_violation';
      end if;
      return new;
    end $$`,
  ]
}
