export { pgBossQueue, type PgBossQueueOptions } from './queue/pg-boss/pg-boss-queue.js'
