/**
 * What models have used. Reports last as long as their task; sums of months outlive it, and only those by user name a
 * person. Numbers are whole and of type `numeric`, so that sums are exact at any size.
 */
export const USAGE_STATEMENTS: readonly string[] = [
  `alter table brandkit.tasks add column usage jsonb, add column tier text`,
  `create table brandkit.usage_reports (
    task_id text collate "C" not null references brandkit.tasks on delete cascade,
    epoch integer not null,
    sequence integer not null,
    model text not null,
    currency text not null,
    attempt integer not null,
    input_tokens numeric not null,
    output_tokens numeric not null,
    cost_micros numeric not null,
    primary key (task_id, epoch, sequence, model, currency)
  )`,
  `create table brandkit.usage_sums (
    month text collate "C" not null,
    tenant_id text not null,
    kind text not null,
    id text not null,
    currency text not null,
    input_tokens numeric not null,
    output_tokens numeric not null,
    cost_micros numeric not null,
    primary key (month, tenant_id, kind, id, currency)
  )`,
  // Usage may come after the end: a generator learns of a cancel while a model works. Everything else stays refused.
  `create or replace function brandkit.refuse_resurrection() returns trigger language plpgsql as $$
  declare
    allowed brandkit.tasks := new;
  begin
    if new.purged_at is not null and new.payload is null and new.result is null and new.partial_result is null then
      allowed.payload := old.payload;
      allowed.result := old.result;
      allowed.partial_result := old.partial_result;
      allowed.plan := old.plan;
      allowed.step_started := old.step_started;
      allowed.step_completed := old.step_completed;
      allowed.purged_at := old.purged_at;
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
