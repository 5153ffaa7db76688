// Ours with its tasks in Postgres and BullMQ on Redis as its engine.
import { bullmqQueue } from '@brandkit/server-adapter/bullmq'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { Pool } from 'pg'
import type { CreateContender } from './contender.ts'
import { ours } from './ours.ts'

export const createContender: CreateContender = ({ postgres, redis, concurrency }) => {
  const auditor = new Pool({ connectionString: postgres, max: 1 })
  return ours({
    store: postgresStore({ database: postgres, migrate: 'auto' }),
    queue: bullmqQueue({ connection: redis }),
    concurrency,
    query: (text) => auditor.query(text),
    close: () => auditor.end(),
  })
}
