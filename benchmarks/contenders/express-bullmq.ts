// Express, BullMQ on Redis and a table in Postgres: what most teams build.
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import type { CreateContender } from './contender.ts'
import { expressApi } from './express-api.ts'
import { listen, type Listening } from './listen.ts'
import { createTaskTable } from './task-table.ts'

const ATTEMPTS = 3
const SWEEP_MS = 30_000

export const createContender: CreateContender = ({ postgres, redis, concurrency }) => {
  const pool = new Pool({ connectionString: postgres, max: 20 })
  const table = createTaskTable(pool)
  const connection = new Redis(redis, { maxRetriesPerRequest: null })
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
      connection.disconnect()
      await pool.end()
    },
  }
}
