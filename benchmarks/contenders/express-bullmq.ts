// Express, BullMQ on Redis and a table in Postgres: what most teams build.
import * as bullmq from 'bullmq'
import { Redis } from 'ioredis'
import type { CreateContender } from './contender.ts'
import { expressBullmq } from './bullmq-contender.ts'

export const createContender: CreateContender = ({ postgres, redis, concurrency }) => {
  const connection = new Redis(redis, { maxRetriesPerRequest: null })
  return expressBullmq(bullmq, { postgres, concurrency, connection, disconnect: () => connection.disconnect() })
}
