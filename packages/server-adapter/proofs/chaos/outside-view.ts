import { createHash } from 'node:crypto'
import { Client } from 'pg'
import type { FinalTask } from './check-promises.ts'
import type { Ledger } from './ledger.ts'
import { persist } from './persist.ts'

/** Queries the database directly, without the proxy and our own code. */
async function query<Row extends object>(database: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client(database)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

const FINAL = `id as "taskId", status, attempt, max_retries as "maxRetries", version, result ->> 'run' as "resultRun",
  payload ->> 'only' as only, error_code as "errorCode", last_error as "lastError", extract(epoch from created_at)::float8 as "from", extract(epoch from completed_at)::float8 as until,
  concat_ws('|', status, result::text, error_code, last_error, epoch, attempt, progress, completed_at) as facts`

export async function readTasks(database: string): Promise<FinalTask[]> {
  const rows = await persist(() =>
    query<Omit<FinalTask, 'digest'> & { facts: string }>(database, `select ${FINAL} from brandkit.tasks`),
  )
  return rows.map(({ facts, ...task }) =>
    Object.assign(task, { digest: createHash('sha256').update(facts).digest('hex') }),
  )
}

/** Records the current state of each ended task. @returns how many tasks have not ended */
export async function recordEnds(database: string, ledger: Ledger): Promise<number> {
  const tasks = await readTasks(database)
  const ended = tasks.filter(({ status }) => status !== 'queued' && status !== 'processing')
  for (const { taskId, status, version, digest } of ended)
    ledger.write({ what: 'ended', taskId, status, version, digest })
  return tasks.length - ended.length
}

/** Makes the alarms of waiting tasks due, as if time had passed. */
export async function moveAlarms(database: string): Promise<void> {
  await query(
    database,
    `update brandkit.tasks set redeliver_at = clock_timestamp() where status = 'queued' and rings < 3 and run_at < clock_timestamp() - interval '2 s'`,
  )
}

/** Makes waiting notices due, as if time had passed. @returns how many wait */
export async function moveNotices(database: string): Promise<number> {
  const moved = `update brandkit.notices set due_at = least(due_at, clock_timestamp()) where died_at is null returning task_id`
  return (await query(database, moved)).length
}
