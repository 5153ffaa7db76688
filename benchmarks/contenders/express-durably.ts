// Express and @coji/durably: its runs are the tasks, so there is no table beside them.
import { createDurably, defineJob } from '@coji/durably'
import { PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import type { AuditedTask, CreateContender } from './contender.ts'
import { expressApi } from './express-api.ts'
import { httpContender } from './http-contender.ts'
import { done, doWork, work } from './work.ts'

/** Each idle slot queries the database at each poll, so a thousand slots would leave no time for work. */
const MOST_AT_ONCE = 128
/** How often idle slots poll, in milliseconds. Creating a task does not wake them. */
const POLL_MS = 100

const READ = {
  name: 'read',
  text: `select id as "taskId", status, progress::json, output::json as result, error, created_at as "createdAt",
                updated_at as "updatedAt", completed_at as "completedAt"
           from durably_runs where id = any($1) and labels::json->>'userId' = $2`,
}

const runTask = defineJob({
  name: 'run',
  input: work,
  output: done,
  run: (step, input) => doWork(input, (progress) => step.progress(progress, 100)),
})

export const createContender: CreateContender = ({ postgres, concurrency }) => {
  const pool = new Pool({ connectionString: postgres, max: 20 })
  const durably = createDurably({
    dialect: new PostgresDialect({ pool }),
    jobs: { runTask },
    maxConcurrentRuns: Math.min(concurrency, MOST_AT_ONCE),
    pollingIntervalMs: POLL_MS,
  })

  return httpContender({
    handler: expressApi({
      create: async ({ payload, userId }) => (await durably.jobs.runTask.trigger(payload, { labels: { userId } })).id,
      // `getRun` reads one run, which would cost 100 statements per request.
      async read(taskIds, userId) {
        const { rows } = await pool.query<object>({ ...READ, values: [taskIds, userId] })
        return rows
      },
    }),
    async audit() {
      const { rows } = await pool.query<AuditedTask>(
        `select id as "taskId", status, input::json as payload, output::json as result, lease_generation as attempts from durably_runs`,
      )
      return rows
    },
    open: () => durably.init(),
    async close() {
      await durably.stop()
      await pool.end()
    },
  })
}
