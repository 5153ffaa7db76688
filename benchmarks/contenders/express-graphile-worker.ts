// Express, graphile-worker and a table in the same Postgres. One statement writes task and job.
import { Logger, run, type Runner, runMigrations } from 'graphile-worker'
import { randomUUID } from 'node:crypto'
import { Pool } from 'pg'
import type { CreateContender } from './contender.ts'
import { expressApi } from './express-api.ts'
import { httpContender } from './http-contender.ts'
import { createTaskTable } from './task-table.ts'

const ATTEMPTS = 3
const CREATE = {
  name: 'create',
  text: `with task as (insert into tasks (id, user_id, payload) values ($1, $2, $3))
         select 1 from graphile_worker.add_job('run', json_build_object('taskId', $1::uuid), max_attempts => $4)`,
}

export const createContender: CreateContender = ({ postgres, concurrency }) => {
  const pool = new Pool({ connectionString: postgres, max: 20 })
  pool.on('error', console.error)
  pool.on('connect', (client) => void client.on('error', console.error))
  const table = createTaskTable(pool)
  const logger = new Logger(() => () => {})
  let runner: Runner | undefined

  return httpContender({
    handler: expressApi({
      async create({ userId, payload }) {
        const taskId = randomUUID()
        await pool.query({ ...CREATE, values: [taskId, userId, payload, ATTEMPTS] })
        return taskId
      },
      read: table.read,
    }),
    audit: table.audit,
    async open() {
      await table.migrate()
      await runMigrations({ pgPool: pool, logger })
      runner = await run({
        pgPool: pool,
        logger,
        noHandleSignals: true,
        // The settings that its documentation recommends for many short jobs.
        preset: {
          worker: {
            concurrentJobs: concurrency,
            localQueue: { size: concurrency + 1 },
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
          },
        },
        taskList: {
          run: (payload, { job }) =>
            table.run((payload as { taskId: string }).taskId, { isLastAttempt: job.attempts >= ATTEMPTS }),
        },
      })
    },
    async close() {
      await runner?.stop()
      await pool.end()
    },
  })
}
