// Express, BullMQ on its Postgres backend and a table in the same Postgres.
import { createPostgresBackend, withBackend } from 'bullmq'
import { Pool } from 'pg'
import type { CreateContender } from './contender.ts'
import { expressApi } from './express-api.ts'
import { listen, type Listening } from './listen.ts'
import { createTaskTable } from './task-table.ts'

const { Queue, Worker } = withBackend(createPostgresBackend)

const ATTEMPTS = 3
const SWEEP_MS = 30_000

export const createContender: CreateContender = ({ postgres, concurrency }) => {
  const pool = new Pool({ connectionString: postgres, max: 20 })
  const table = createTaskTable(pool)
  const connection = { connectionString: postgres, max: 20, migrate: true }
  const queue = new Queue<{ taskId: string }>('tasks', {
    connection,
    defaultJobOptions: {
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: 1_000 },
      removeOnComplete: true,
      removeOnFail: 1_000,
    },
  })
  const worker = new Worker<{ taskId: string }>(
    'tasks',
    ({ data, attemptsMade }) => table.run(data.taskId, { isLastAttempt: attemptsMade + 1 >= ATTEMPTS }),
    { connection, concurrency, autorun: false },
  )
  let http: Listening
  let sweep: NodeJS.Timeout

  // The job id makes a second `add` harmless.
  const send = async (taskId: string) => void (await queue.add('run', { taskId }, { jobId: taskId }))

  return {
    async start() {
      await table.migrate()
      await queue.waitUntilReady()
      worker.run().catch(console.error)
      // A crash between the two writes of `create` leaves a task that the queue does not know.
      sweep = setInterval(
        () => void table.findStranded().then((ids) => Promise.all(ids.map(send)), console.error),
        SWEEP_MS,
      )
      http = await listen(
        expressApi({
          async create(task) {
            const taskId = await table.insert(task)
            await send(taskId)
            return taskId
          },
          read: table.read,
        }),
      )
    },
    get url() {
      return http.url
    },
    audit: table.audit,
    async stop() {
      clearInterval(sweep)
      await http.close()
      await worker.close()
      await queue.close()
      await pool.end()
    },
  }
}
