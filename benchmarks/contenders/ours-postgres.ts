// Ours on Postgres, with pg-boss in the same database as its engine.
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { Pool } from 'pg'
import type { CreateContender } from './contender.ts'
import { ours } from './ours.ts'

export const createContender: CreateContender = ({ postgres, concurrency }) => {
  const auditor = new Pool({ connectionString: postgres, max: 1 })
  return ours({
    store: postgresStore({ database: postgres, migrate: 'auto' }),
    queue: pgBossQueue(),
    concurrency,
    query: (text) => auditor.query(text),
    close: () => auditor.end(),
  })
}
