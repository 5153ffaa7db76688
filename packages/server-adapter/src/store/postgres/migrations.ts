import { notices, texts } from './beside-tasks-migrations.js'
import { auditTable, erasure, titlesOfFollowed } from './audit-migrations.js'
import { USAGE_STATEMENTS } from './usage/usage-tables.js'

/**
 * The migrations of an empty database, in order. Numbers are never reused, and a released migration never changes.
 *
 * Other processes create and end tasks meanwhile, in tables with millions of rows. So a migration builds and drops its
 * indexes through `builds` and `drops`, and its statements take only locks that end at once: they read or write no row of
 * `brandkit.tasks`.
 */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: 'tasks', statements: tasks() },
  { number: 2, name: 'limits', statements: limits() },
  { number: 3, name: 'traceparent', statements: [`alter table brandkit.tasks add column traceparent text`] },
  { number: 4, name: 'durations', statements: [durations()] },
  {
    number: 5,
    name: 'type version',
    statements: [`alter table brandkit.tasks add column type_version integer not null default 1`],
  },
  { number: 6, name: 'listeners', statements: listeners() },
  { number: 7, name: 'hot updates', ...hotUpdates() },
  {
    number: 8,
    name: 'items of steps',
    statements: [`alter table brandkit.tasks add column step_items jsonb, add column keys_of text`],
  },
  { number: 9, name: 'unique key', statements: [`alter table brandkit.tasks add column unique_key text`] },
  { number: 10, name: 'unique work', statements: [], buildsUnique: { tasks_unique: uniqueWork() } },
  { number: 11, name: 'usage', statements: USAGE_STATEMENTS },
  { number: 12, name: 'provider budgets', statements: providerBudgets() },
  { number: 13, name: 'audit', statements: auditTable() },
  { number: 14, name: 'erasure', ...erasure() },
  { number: 15, name: 'tags', statements: [tags()] },
  { number: 16, name: 'notices', statements: notices() },
  { number: 17, name: 'texts', statements: texts() },
  {
    number: 20,
    name: 'after',
    statements: [
      `alter table brandkit.tasks add column after json, add column waits_for jsonb, add column awaited boolean`,
    ],
  },
  {
    number: 21,
    name: 'waiting for tasks',
    statements: [],
    builds: {
      tasks_awaiting: `brandkit.tasks using gin (waits_for jsonb_path_ops) where waits_for is not null`,
      tasks_followers: `brandkit.tasks (id) where waits_for is not null and status = 'queued'`,
    },
  },
  {
    number: 22,
    name: 'retries',
    statements: [],
    builds: { tasks_retries: `brandkit.tasks (retry_of) where retry_of is not null` },
  },
  {
    number: 23,
    name: 'titles of followed tasks',
    statements: titlesOfFollowed(),
    builds: { tasks_following: `brandkit.tasks (tenant_id) where after is not null` },
  },
  { number: 24, name: 'operations', ...operations() },
]

export interface Migration {
  number: number
  /** Ends with `!` when processes of the previous release cannot work beside it: they then refuse to start. */
  name: string
  /** One statement per text, because a prepared statement holds only one. */
  statements: readonly string[]
  /** Indexes to build before the statements, by name. The definition follows `create index NAME on`. */
  builds?: Readonly<Record<string, string>>
  /** The same for unique indexes. */
  buildsUnique?: Readonly<Record<string, string>>
  /** Names of indexes to drop before the statements. */
  drops?: readonly string[]
}

function tasks(): string[] {
  return [
    // `json` instead of `jsonb`: it keeps the text as it came, with NUL and lone surrogates (as escapes), key order and
    // every digit, and needs no conversion. Nothing is ever searched inside it. Times of steps are `jsonb`, because they are
    // merged by key. Their only foreign text is cleaned step keys.
    `create table brandkit.tasks (
      id text collate "C" primary key,
      tenant_id text not null,
      user_id text not null,
      created_by text not null,
      brand_id text not null,
      type text not null,
      title text not null,
      priority text not null,
      max_retries integer not null,
      trace_id text not null,
      batch_id text,
      retry_of text,
      timeout_ms double precision not null,
      time_to_live_ms double precision not null,
      payload json,
      result json,
      partial_result json,
      plan json not null,
      step_started jsonb not null default '{}',
      step_completed jsonb not null default '{}',
      status text not null default 'queued' check (status in ('queued', 'processing', 'completed', 'failed', 'cancelled')),
      progress double precision not null default 0 check (progress between 0 and 100),
      current_step text,
      rings integer not null default 0,
      attempt integer not null default 0,
      epoch integer not null default 0,
      version integer not null default 1,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      run_at timestamptz not null,
      redeliver_at timestamptz not null,
      expires_at timestamptz not null,
      started_at timestamptz,
      attempt_started_at timestamptz,
      lease_expires_at timestamptz,
      completed_at timestamptz,
      purged_at timestamptz,
      checkpoint_epoch integer,
      settled_epoch integer,
      settled_as text,
      last_error text,
      error_code text,
      check ((status = 'processing') = (lease_expires_at is not null)),
      check ((status in ('completed', 'failed', 'cancelled')) = (completed_at is not null))
    )`,
    `create index tasks_alarm on brandkit.tasks (redeliver_at) where status = 'queued'`,
    `create index tasks_due on brandkit.tasks (run_at) where status = 'queued'`,
    `create index tasks_expiry on brandkit.tasks (expires_at) where status = 'queued'`,
    `create index tasks_lease on brandkit.tasks (lease_expires_at) where status = 'processing'`,
    `create index tasks_ended on brandkit.tasks (completed_at) where completed_at is not null and purged_at is null`,
    `create index tasks_tombstones on brandkit.tasks (purged_at) where purged_at is not null`,
    `create index tasks_list on brandkit.tasks (tenant_id, user_id, created_at desc, id desc)`,
    `create index tasks_batch on brandkit.tasks (batch_id) where batch_id is not null`,

    `create table brandkit.task_steps (
      task_id text collate "C" not null references brandkit.tasks on delete cascade,
      step text not null,
      output json not null,
      primary key (task_id, step)
    )`,

    `create table brandkit.idempotency (
      tenant_id text not null,
      user_id text not null,
      key text not null,
      request_hash text not null,
      first_task_id text collate "C" not null references brandkit.tasks on delete cascade,
      task_ids json not null,
      primary key (tenant_id, user_id, key)
    )`,
    `create index idempotency_task on brandkit.idempotency (first_task_id)`,

    `create table brandkit.maintenance (only_row boolean primary key default true check (only_row), last_pass_at timestamptz not null)`,
    `insert into brandkit.maintenance (last_pass_at) values ('-infinity')`,

    // Our statements guard every move themselves; this trigger guards against statements that a person writes by hand.
    `create function brandkit.refuse_resurrection() returns trigger language plpgsql as $$
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
      if allowed *<> old then
        raise exception 'Task % is % and cannot change any more.', old.id, old.status using errcode = 'restrict_violation';
      end if;
      return new;
    end $$`,
    `create trigger refuse_resurrection before update on brandkit.tasks for each row
      when (old.status in ('completed', 'failed', 'cancelled')) execute function brandkit.refuse_resurrection()`,
  ]
}

/** New columns have defaults, so that processes of the previous release can work beside those of this release. */
function limits(): string[] {
  return [
    `alter table brandkit.tasks add column held boolean not null default false, add column deadline_at timestamptz`,
    `create index tasks_active on brandkit.tasks (tenant_id, user_id) where status in ('queued', 'processing')`,
    `create index tasks_held on brandkit.tasks (run_at) where held and status = 'queued'`,
  ]
}

/**
 * The processes that hear notifications. Those of the previous release hear them without a row, so for a day after the
 * migration of an older database every change is notified.
 */
function listeners(): string[] {
  return [
    `create table brandkit.listeners (process text collate "C" primary key, seen_at timestamptz not null)`,
    `insert into brandkit.listeners
     select 'the previous release', clock_timestamp() + interval '1 day'
      where exists (select from brandkit.migrations where applied_at < now())`,
  ]
}

/**
 * Postgres writes no index for an update that changes no indexed column and finds room in its page. So beats and reports,
 * the most frequent updates, must change no indexed column: the lease is none, because few tasks run at a time. And pages
 * keep room for them. With six beats a life, Postgres then works a third less and writes half of the log.
 */
function hotUpdates(): Omit<Migration, 'number' | 'name'> {
  return {
    builds: { tasks_running: `brandkit.tasks (id) where status = 'processing'` },
    drops: ['tasks_lease'],
    statements: [`alter table brandkit.tasks set (fillfactor = 70)`],
  }
}

/** What tasks wait for, and the counters of provider budgets: the table of rate-limiter-flexible. */
function providerBudgets(): string[] {
  return [
    `alter table brandkit.tasks add column waiting_for json`,
    `create table brandkit.provider_budgets (key varchar(255) primary key, points integer not null default 0, expire bigint)`,
  ]
}

/**
 * `words` is only kept for tasks whose words Postgres cannot find by itself; see search-tasks.ts. Neither column has an index,
 * which every other task would pay for.
 */
function tags(): string {
  return `alter table brandkit.tasks add column tags jsonb, add column words tsvector`
}

/**
 * At most one task under way for a key. A create takes a lock before it looks, and the index guards against creates that cannot
 * see what others have committed: an app's transaction may keep one snapshot.
 */
function uniqueWork(): string {
  return `brandkit.tasks (tenant_id, type, unique_key) where unique_key is not null and status in ('queued', 'processing')`
}

/**
 * What operators look at. Every end writes `tasks_ended` for maintenance already, so the same entry counts throughput;
 * `tasks_failures` has only failures. An index for lists of whole tenants would cost every create, so the page on stores leaves it to the
 * operators of large ones. `workers` says which processes work.
 */
function operations(): Omit<Migration, 'number' | 'name'> {
  return {
    statements: [
      `create table brandkit.workers (worker text collate "C" primary key, slots integer not null, alive_until timestamptz not null)`,
    ],
    builds: {
      tasks_ended_covering: `brandkit.tasks (completed_at) include (tenant_id, status)
        where completed_at is not null and purged_at is null`,
      tasks_failures: `brandkit.tasks (tenant_id, created_at desc, id desc) where status = 'failed'`,
    },
    drops: ['tasks_ended'],
  }
}

/** The latest completed tasks of a type, from which durations are estimated. */
function durations(): string {
  return `create index tasks_durations on brandkit.tasks (type, completed_at desc) where status = 'completed'`
}
