import { PGlite } from '@electric-sql/pglite'
import type { TaskJson } from '@brandkit/core'
import { Client } from 'pg'
import type { PlannedTask } from './plan-week.ts'

/** An ended task, and when it should have lived. */
export interface PastTask extends PlannedTask {
  task: TaskJson
}

/** What a worker waits before it tries again, in milliseconds. */
const RETRY_MS = 9_000

/**
 * Gives tasks the times of their plan, in the database itself: the runtime keeps true times only. The trigger that guards
 * ended tasks rests meanwhile.
 *
 * @param database a Postgres URL, or the folder of the embedded database, which nobody else may have open
 */
export async function moveToPast(database: string, past: readonly PastTask[]): Promise<void> {
  const rows = JSON.stringify(past.map(toRow))
  const run = await connect(database)
  try {
    await run.query('begin')
    await run.query('alter table brandkit.tasks disable trigger refuse_resurrection')
    await run.query(MOVE_TASKS, [rows])
    await run.query('alter table brandkit.tasks enable trigger refuse_resurrection')
    await run.query(MOVE_AUDIT, [rows])
    await run.query('commit')
  } finally {
    await run.close()
  }
}

const INPUT = `json_to_recordset($1::json) as x (
  id text, created_at timestamptz, started_at timestamptz, attempt_started_at timestamptz, completed_at timestamptz,
  step_started jsonb, step_completed jsonb)`

const MOVE_TASKS = `
  update brandkit.tasks t
     set created_at = x.created_at, run_at = x.created_at, updated_at = x.completed_at, completed_at = x.completed_at,
         started_at = x.started_at, attempt_started_at = x.attempt_started_at,
         step_started = x.step_started, step_completed = x.step_completed
    from ${INPUT} where t.id = x.id`

const MOVE_AUDIT = `
  update brandkit.audit a set at = x.completed_at from ${INPUT} where a.task_id = x.id`

function toRow({ task, at, waitMs, stepMs }: PastTask) {
  const startedAt = task.startedAt === undefined ? undefined : at + waitMs
  const started: Record<string, number> = {}
  const completed: Record<string, number> = {}
  let time = at + waitMs
  let attemptStartedAt = startedAt
  const { steps = [] } = task
  steps.forEach(({ key, status }, index) => {
    if (status === 'pending') return
    // The first step was finished before the first attempt failed.
    if (index === 1 && task.retryCount > 0) attemptStartedAt = time += RETRY_MS * task.retryCount
    started[key] = time
    time += Math.round(stepMs[index % stepMs.length] ?? 0)
    if (status === 'completed') completed[key] = time
  })
  return {
    id: task.taskId,
    created_at: toIso(at),
    started_at: startedAt && toIso(startedAt),
    attempt_started_at: attemptStartedAt && toIso(attemptStartedAt),
    completed_at: toIso(time),
    step_started: started,
    step_completed: completed,
  }
}

const toIso = (time: number) => new Date(time).toISOString()

async function connect(database: string) {
  if (/^postgres(ql)?:/i.test(database)) {
    const client = new Client(database)
    await client.connect()
    return { query: (text: string, values?: string[]) => client.query(text, values), close: () => client.end() }
  }
  const pglite = await PGlite.create(database)
  return { query: (text: string, values?: string[]) => pglite.query(text, values), close: () => pglite.close() }
}
