// Express, pg-boss and a table in the same Postgres. Task and job are written in one transaction, which is why teams
// choose a queue in their database.
import { Pool } from 'pg'
import { PgBoss } from 'pg-boss'
import type { CreateContender } from './contender.ts'
import { expressApi } from './express-api.ts'
import { httpContender } from './http-contender.ts'
import { createTaskTable } from './task-table.ts'

const QUEUE = 'tasks'
const RETRIES = 2
/** Jobs that one loop takes at a time. Loops of one job each would query the database 16 times as often. */
const BATCH = 16

export const createContender: CreateContender = ({ postgres, concurrency }) => {
  const pool = new Pool({ connectionString: postgres, max: 20 })
  const table = createTaskTable(pool)
  const boss = new PgBoss({ connectionString: postgres, max: 20, useListenNotify: true })
  boss.on('error', console.error)

  return httpContender({
    handler: expressApi({
      async create(task) {
        const client = await pool.connect()
        try {
          await client.query('begin')
          const taskId = await table.insert(task, client)
          const db = {
            executeSql: (text: string, values: unknown[] = []) => client.query({ name: 'send', text, values }),
          }
          await boss.send(QUEUE, { taskId }, { db })
          await client.query('commit')
          return taskId
        } catch (error) {
          await client.query('rollback')
          throw error
        } finally {
          client.release()
        }
      },
      read: table.read,
    }),
    audit: table.audit,
    async open() {
      await table.migrate()
      await boss.start()
      await boss.createQueue(QUEUE, { retryLimit: RETRIES, retryDelay: 1, retryBackoff: true, notify: true })
      await boss.work<{ taskId: string }>(
        QUEUE,
        {
          batchSize: BATCH,
          localConcurrency: Math.max(1, Math.floor(concurrency / BATCH)),
          pollingIntervalSeconds: 0.5,
          burstWhenBatchFull: true,
          includeMetadata: true,
          perJobResults: true,
        },
        (jobs) =>
          Promise.all(
            jobs.map(({ id, data, retryCount }) =>
              table.run(data.taskId, { isLastAttempt: retryCount >= RETRIES }).then(
                () => ({ id, status: 'completed' as const }),
                (error: unknown) => ({ id, status: 'failed' as const, output: { message: String(error) } }),
              ),
            ),
          ),
      )
    },
    async close() {
      await boss.stop({ graceful: false })
      await pool.end()
    },
  })
}
