import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { AuditedTask } from './contender.ts'
import { doWork, type Done, type Work } from './work.ts'

/** Runs statements: the pool, or a client inside a transaction. */
export type Queryable = Pick<Pool, 'query'>

export interface NewTask {
  userId: string
  payload: Work
}

/** The table that a team writes beside its queue, because a queue forgets jobs and cannot be asked by users. */
const CREATE_TABLE = `
  create table tasks (
    id uuid primary key,
    user_id text not null,
    payload jsonb not null,
    status text not null default 'queued' check (status in ('queued', 'processing', 'completed', 'failed')),
    progress smallint not null default 0,
    result jsonb,
    error text,
    attempts int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    completed_at timestamptz
  );
  create index on tasks (user_id, created_at desc);
  create index on tasks (created_at) where status = 'queued'`

// Statements with names: Postgres parses and plans each once a connection, which saved a sixth of the CPU with BullMQ.
const INSERT = { name: 'insert', text: 'insert into tasks (id, user_id, payload) values ($1, $2, $3)' }
const BEGIN = {
  name: 'begin',
  text: `update tasks set status = 'processing', attempts = attempts + 1, updated_at = now()
          where id = $1 and status in ('queued', 'processing') returning payload`,
}
const REPORT = {
  name: 'report',
  text: `update tasks set progress = $2, updated_at = now() where id = $1 and status = 'processing'`,
}
const COMPLETE = {
  name: 'complete',
  text: `update tasks set status = 'completed', progress = 100, result = $2, updated_at = now(), completed_at = now()
          where id = $1 and status = 'processing'`,
}
const READ = {
  name: 'read',
  text: `select id as "taskId", status, progress, result, error, attempts, created_at as "createdAt",
                updated_at as "updatedAt", completed_at as "completedAt"
           from tasks where id = any($1) and user_id = $2`,
}

/** What peers do with their table. Each statement guards its arrow of the state machine; none is retried. */
export function createTaskTable(pool: Pool) {
  const migrate = () => pool.query(CREATE_TABLE)

  const insert = async ({ userId, payload }: NewTask, on: Queryable = pool): Promise<string> => {
    const taskId = randomUUID()
    await on.query({ ...INSERT, values: [taskId, userId, payload] })
    return taskId
  }

  /** Takes the task for an attempt; nothing when it has ended already. */
  const begin = async (taskId: string): Promise<Work | undefined> => {
    const { rows } = await pool.query<{ payload: Work }>({ ...BEGIN, values: [taskId] })
    return rows[0]?.payload
  }

  const report = (taskId: string, progress: number) => pool.query({ ...REPORT, values: [taskId, progress] })

  const complete = (taskId: string, result: Done) => pool.query({ ...COMPLETE, values: [taskId, result] })

  const fail = (taskId: string, reason: unknown) =>
    pool.query(
      `update tasks set status = 'failed', error = $2, updated_at = now(), completed_at = now()
        where id = $1 and status in ('queued', 'processing')`,
      [taskId, String(reason)],
    )

  /** One job of the queue. Throws what the work throws, for the queue to try again. */
  const run = async (taskId: string, { isLastAttempt }: { isLastAttempt: boolean }): Promise<void> => {
    const payload = await begin(taskId)
    if (!payload) return
    try {
      await complete(taskId, await doWork(payload, (progress) => report(taskId, progress)))
    } catch (error) {
      if (isLastAttempt) await fail(taskId, error)
      throw error
    }
  }

  const read = async (taskIds: readonly string[], userId: string): Promise<object[]> =>
    (await pool.query<object>({ ...READ, values: [taskIds, userId] })).rows

  /** Tasks that have waited for so long that the queue may not know them. */
  const findStranded = async (): Promise<string[]> => {
    const { rows } = await pool.query<{ id: string }>(
      `select id from tasks where status = 'queued' and created_at < now() - interval '1 minute' limit 1000`,
    )
    return rows.map(({ id }) => id)
  }

  const audit = async (): Promise<AuditedTask[]> => {
    const { rows } = await pool.query<AuditedTask>(
      'select id as "taskId", status, payload, result, attempts from tasks',
    )
    return rows
  }

  return { migrate, insert, run, read, findStranded, audit }
}
