// Express, BullMQ on its Postgres backend and a table in the same Postgres.
import { createPostgresBackend, withBackend } from 'bullmq'
import type { CreateContender } from './contender.ts'
import { expressBullmq } from './bullmq-contender.ts'

const backend = withBackend(createPostgresBackend)

export const createContender: CreateContender = ({ postgres, concurrency }) =>
  expressBullmq(backend, {
    postgres,
    concurrency,
    connection: { connectionString: postgres, max: 20, migrate: true },
  })
