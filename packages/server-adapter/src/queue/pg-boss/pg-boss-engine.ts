import { describeError, type TaskLogger } from '@brandkit/core'
import { v7 as createSortableId } from 'uuid'
import { createBatcher } from '../batcher.js'
import { type PullLoop, startPullLoop } from '../pull-loop.js'
import type { Delivery, DeliveryConsumer } from '../queue-backend.js'
import { createFarDoorbell } from './far-doorbell.js'
import { type OpenPgBoss, QUEUE_NAME } from './open-pg-boss.js'

export interface PgBossEngine {
  enqueue(deliveries: readonly Delivery[]): Promise<void>
  consume(consumer: DeliveryConsumer): Promise<void>
  depth(): Promise<number>
  close(): Promise<void>
}

export interface PgBossEngineOptions {
  opened: OpenPgBoss
  schema: string
  pollMs: number
  logger: TaskLogger
}

/** The data of a job. It repeats the priority, because pg-boss returns a batch in no defined order. */
interface Message {
  jobId: string
  taskId: string
  priority: number
}

const MAX_BATCH = 1_000
/** A backlog below this is read fast with any query plan. */
const SMALL_BACKLOG = 100
const GROWTH = 10

/** Our queue methods on a running pg-boss. Its `work()` is not used: it fetches without asking for free room. */
export function createPgBossEngine({ opened, schema, pollMs, logger }: PgBossEngineOptions): PgBossEngine {
  const { boss, listen } = opened
  const loops: PullLoop[] = []
  const ringAll = () => loops.forEach((loop) => loop.ring())
  const farDoorbell = listen ? createFarDoorbell({ boss, listen, schema, logger, onNews: ringAll }) : undefined
  const inserts = createBatcher<Delivery>(insert, { maxItems: MAX_BATCH })
  const removals = createBatcher<string>(remove, { maxItems: MAX_BATCH })
  let analysedDepth = 0

  async function insert(deliveries: Delivery[]) {
    const jobs = deliveries.map(({ taskId, priority, delayMs }) => ({
      // All jobs of one batch have the same creation time; an ascending id keeps first come, first served.
      id: createSortableId(),
      data: { taskId, priority },
      priority,
      ...(delayMs > 0 && { startAfter: delayMs / 1_000 }),
    }))
    await boss.insert(QUEUE_NAME, jobs)
  }

  /** Deleting is cheaper than completing, because a completed row would have to be deleted later. */
  async function remove(jobIds: string[]) {
    await boss.deleteJob(QUEUE_NAME, jobIds)
  }

  async function take(limit: number): Promise<Message[]> {
    const jobs = await boss.fetch<Omit<Message, 'jobId'>>(QUEUE_NAME, { batchSize: limit })
    return jobs
      .map(({ id, data: { taskId, priority } }) => ({ jobId: id, taskId, priority }))
      .toSorted(byPriorityThenAge)
  }

  /**
   * Postgres plans a fetch by the size of the table at its last ANALYZE. If the table was almost empty then, each fetch
   * sorts the whole backlog: at 100,000 messages we measured 181 a second instead of 5,500. Autovacuum needs a minute to
   * notice, and PGlite has no autovacuum.
   */
  async function analyseAfterGrowth(depth: number) {
    analysedDepth = Math.min(analysedDepth, depth)
    if (depth <= GROWTH * Math.max(analysedDepth, SMALL_BACKLOG)) return

    analysedDepth = depth
    try {
      await boss.getDb().executeSql(`analyze ${schema}.job`)
    } catch (error) {
      logger.warn('The grown queue could not be analysed; fetching from it may be slow', {
        reason: describeError(error),
      })
    }
  }

  async function enqueue(deliveries: readonly Delivery[]) {
    await inserts.add(deliveries)
    if (deliveries.every(({ delayMs }) => delayMs > 0)) return

    ringAll()
    farDoorbell?.ring()
  }

  return {
    enqueue,

    async consume(consumer) {
      farDoorbell?.listen()
      const loop = startPullLoop<Message>({
        consumer,
        take,
        acknowledge: ({ jobId }) => removals.add([jobId]),
        // pg-boss cannot return a taken message, so a new message replaces the old one.
        async giveBack(messages) {
          await enqueue(messages.map(({ taskId, priority }) => ({ taskId, priority, delayMs: 0 })))
          await removals.add(messages.map(({ jobId }) => jobId))
        },
        pollMs,
        logger,
      })
      loops.push(loop)
    },

    async depth() {
      const { rows } = await boss.getDb().executeSql(
        `select count(*)::int as depth
           from ${schema}.job
          where name = $1 and state = 'created' and start_after <= clock_timestamp()`,
        [QUEUE_NAME],
      )
      const [{ depth }] = rows as [{ depth: number }]
      await analyseAfterGrowth(depth)
      return depth
    },

    async close() {
      await Promise.all(loops.map((loop) => loop.stop()))
      await Promise.all([inserts.idle(), removals.idle(), farDoorbell?.close()])
      await opened.close()
    },
  }
}

function byPriorityThenAge(a: Message, b: Message): number {
  return b.priority - a.priority || (a.jobId < b.jobId ? -1 : 1)
}
