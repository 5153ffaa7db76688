import type { JobsOptions } from 'bullmq'
import { Pool } from 'pg'
import type { Contender, ContenderOptions } from './contender.ts'
import { expressApi } from './express-api.ts'
import { httpContender } from './http-contender.ts'
import { createTaskTable } from './task-table.ts'

const ATTEMPTS = 3
const SWEEP_MS = 30_000

/** What is needed of BullMQ's classes, whose types differ by backend. */
interface BullmqClasses<Connection> {
  Queue: new (
    name: string,
    options: { connection: Connection; defaultJobOptions: JobsOptions },
  ) => {
    add(name: string, data: Message, options: JobsOptions): Promise<unknown>
    waitUntilReady(): Promise<unknown>
    close(): Promise<void>
  }
  Worker: new (
    name: string,
    process: (job: { data: Message; attemptsMade: number }) => Promise<unknown>,
    options: { connection: Connection; concurrency: number; autorun: boolean },
  ) => { run(): Promise<void>; close(): Promise<void> }
}

interface Message {
  taskId: string
}

interface BullmqOptions<Connection> extends Pick<ContenderOptions, 'postgres' | 'concurrency'> {
  connection: Connection
  /** Closes the connection, if BullMQ does not. */
  disconnect?: () => void
}

/** Express and a table around BullMQ, whose queue may lie in Redis or in Postgres. */
export function expressBullmq<Connection>(
  { Queue, Worker }: BullmqClasses<Connection>,
  { postgres, concurrency, connection, disconnect = () => {} }: BullmqOptions<Connection>,
): Contender {
  const pool = new Pool({ connectionString: postgres, max: 20 })
  const table = createTaskTable(pool)
  const queue = new Queue('tasks', {
    connection,
    defaultJobOptions: {
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: 1_000 },
      removeOnComplete: true,
      removeOnFail: 1_000,
    },
  })
  const worker = new Worker(
    'tasks',
    ({ data, attemptsMade }) => table.run(data.taskId, { isLastAttempt: attemptsMade + 1 >= ATTEMPTS }),
    { connection, concurrency, autorun: false },
  )
  let sweep: NodeJS.Timeout | undefined

  // The job id makes a second `add` harmless.
  const send = async (taskId: string) => void (await queue.add('run', { taskId }, { jobId: taskId }))

  return httpContender({
    handler: expressApi({
      async create(task) {
        const taskId = await table.insert(task)
        await send(taskId)
        return taskId
      },
      read: table.read,
    }),
    audit: table.audit,
    async open() {
      await table.migrate()
      await queue.waitUntilReady()
      worker.run().catch(console.error)
      // A crash between the two writes of `create` leaves a task that the queue does not know.
      sweep = setInterval(
        () => void table.findStranded().then((ids) => Promise.all(ids.map(send)), console.error),
        SWEEP_MS,
      )
    },
    async close() {
      clearInterval(sweep)
      await worker.close()
      await queue.close()
      disconnect()
      await pool.end()
    },
  })
}
