import { describeError, type TaskLogger } from '@brandkit/core'
import { createSortableId } from '../../sortable-id.js'
import { createBatcher } from '../batcher.js'
import { type PullLoop, startPullLoop } from '../pull-loop.js'
import type { Delivery, DeliveryConsumer } from '../queue-backend.js'
import { createDueAlarms } from './due-alarms.js'
import { createFarDoorbell } from './far-doorbell.js'
import { type OpenPgBoss, QUEUE_NAME } from './open-pg-boss.js'

export interface PgBossEngine {
  enqueue(deliveries: readonly Delivery[]): Promise<void>
  withdraw(taskId: string): void
  consume(consumer: DeliveryConsumer): Promise<void>
  depth(): Promise<number>
  close(): Promise<void>
}

export interface PgBossEngineOptions {
  opened: OpenPgBoss
  schema: string
  /** How often to look for messages. Default: `LOOK_EVERY_MS`, or `LOOK_OFTEN_MS` while no notification arrives. */
  pollMs?: number | undefined
  logger: TaskLogger
}

/** The data of a job. It repeats the priority, because pg-boss returns a batch in no defined order. */
interface Message {
  jobId: string
  taskId: string
  priority: number
}

/** A delivery on its way into the engine. */
interface Job extends Delivery {
  id: string
}

const MAX_BATCH = 1_000
/**
 * How often an idle consumer looks, in milliseconds. Notifications wake it, so this bounds what one lost notification costs:
 * a publisher that dies between INSERT and NOTIFY, or a connection that has died silently.
 */
const LOOK_EVERY_MS = 5_000
/** The same while no notification arrives, and on PGlite, where a look needs no network and other queues do not notify. */
const LOOK_OFTEN_MS = 1_000
/** A backlog below this is read fast with any query plan. */
const SMALL_BACKLOG = 100
const GROWTH = 10

/** Our queue methods on a running pg-boss. Its `work()` is not used: it fetches without asking for free room. */
export function createPgBossEngine({ opened, schema, pollMs, logger }: PgBossEngineOptions): PgBossEngine {
  const { boss, listen } = opened
  const bells: (() => void)[] = []
  const loops: PullLoop[] = []
  const ringAll = () => bells.forEach((ring) => ring())
  const dueAlarms = createDueAlarms({ onDue: ringAll })
  const farDoorbell = listen ? createFarDoorbell({ boss, listen, schema, logger, onNews: ringFor }) : undefined
  const inserts = createBatcher<Job>(insert, { maxItems: MAX_BATCH })
  const removals = createBatcher<string>(remove, { maxItems: MAX_BATCH })
  /** The jobs of the hints that may still wait, by task id. The line of their tasks is bounded, and withdraws each. */
  const hints = new Map<string, string>()
  /** How many messages Postgres has planned for, at most; unknown before the first look. */
  let analysedDepth: number | undefined

  function lookEveryMs(): number {
    return pollMs ?? (farDoorbell?.isLive() ? LOOK_EVERY_MS : LOOK_OFTEN_MS)
  }

  /** Wakes the consumers of this process for messages that are due after so many milliseconds. */
  function ringFor(delaysMs: readonly number[]) {
    if (loops.length === 0) return
    if (delaysMs.includes(0)) ringAll()
    dueAlarms.set(delaysMs.filter((delayMs) => delayMs > 0))
  }

  /** A hint can be withdrawn from now on, also while the engine is busy. */
  function toJob(delivery: Delivery): Job {
    // All jobs of one batch have the same creation time; an ascending id keeps first come, first served.
    const id = createSortableId()
    if (delivery.isHint) hints.set(delivery.taskId, id)
    return { ...delivery, id }
  }

  async function insert(jobs: Job[]) {
    const wanted = jobs.filter(({ id, taskId, isHint }) => !isHint || hints.get(taskId) === id)
    if (wanted.length === 0) return
    await boss.insert(QUEUE_NAME, wanted.map(toRow))
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

  /** Whether a message is due. Sets the alarm for the first one that becomes due before the next look. */
  async function look(): Promise<boolean> {
    const { rows } = await boss.getDb().executeSql(
      `select (extract(epoch from min(start_after) - clock_timestamp()) * 1000)::float8 as "dueInMs"
         from ${schema}.job
        where name = $1 and state < 'active' and start_after <= clock_timestamp() + $2 * interval '1 ms'`,
      [QUEUE_NAME, lookEveryMs()],
    )
    const [{ dueInMs }] = rows as [{ dueInMs: number | null }]
    if (dueInMs !== null && dueInMs > 0) dueAlarms.set([dueInMs])
    return dueInMs !== null && dueInMs <= 0
  }

  /**
   * Postgres plans a fetch by the size of the table at its last ANALYZE. If the table was almost empty then, each fetch
   * sorts the whole backlog: at 100,000 messages we measured 181 a second instead of 5,500. Autovacuum needs a minute to
   * notice, and PGlite has no autovacuum.
   */
  async function analyseAfterGrowth(depth: number) {
    analysedDepth = Math.min(analysedDepth ?? (await readAnalysedDepth()), depth)
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

  /** Another process, or an earlier one, may have analysed the backlog already. Messages lie in a partition. */
  async function readAnalysedDepth(): Promise<number> {
    const { rows } = await boss.getDb().executeSql(
      `select coalesce(max(partition.reltuples), 0)::float8 as "analysedDepth"
         from pg_catalog.pg_inherits join pg_catalog.pg_class as partition on partition.oid = inhrelid
        where inhparent = '${schema}.job'::regclass`,
    )
    const [{ analysedDepth: rowsThen }] = rows as [{ analysedDepth: number }]
    return rowsThen
  }

  async function enqueue(deliveries: readonly Delivery[]) {
    await inserts.add(deliveries.map(toJob))
    // The look of a consumer finds messages that become due later than that.
    const near = deliveries.filter(({ delayMs }) => delayMs <= lookEveryMs())
    if (near.length === 0) return

    // This process starts the tasks of hints itself. Its consumers would spend a fetch, a claim and a delete on each.
    const ownMs = near.filter(({ isHint }) => !isHint).map(({ delayMs }) => delayMs)
    if (ownMs.length > 0) ringFor(ownMs)
    farDoorbell?.ring(near.map(({ delayMs }) => delayMs))
  }

  /** Otherwise other processes would spend a fetch and a claim on each hint whose task has been started here. */
  function withdraw(taskId: string) {
    const jobId = hints.get(taskId)
    if (jobId === undefined) return
    hints.delete(taskId)
    removals.add([jobId]).catch((error: unknown) => {
      logger.debug('A hint could not be withdrawn; its claim will fail', { taskId, error: describeError(error) })
    })
  }

  return {
    enqueue,
    withdraw,

    async consume(consumer) {
      farDoorbell?.listen()
      // A ring says that messages are there; without one, a cheap look comes before the fetch.
      let isRung = true
      const loop = startPullLoop<Message>({
        consumer,
        async take(limit) {
          if (!isRung && !(await look())) return []
          isRung = false
          const messages = await take(limit)
          if (messages.length === limit) isRung = true
          return messages
        },
        acknowledge: ({ jobId }) => removals.add([jobId]),
        // pg-boss cannot return a taken message, so a new message replaces the old one.
        async giveBack(messages) {
          await enqueue(messages.map(({ taskId, priority }) => ({ taskId, priority, delayMs: 0 })))
          await removals.add(messages.map(({ jobId }) => jobId))
        },
        pollMs: lookEveryMs,
        logger,
      })
      loops.push(loop)
      bells.push(() => {
        isRung = true
        loop.ring()
      })
    },

    // The clock is in a subquery, because Postgres then counts in an index alone: half the time at a million messages.
    async depth() {
      const { rows } = await boss.getDb().executeSql(
        `select count(*)::int as depth
           from ${schema}.job
          where name = $1 and state = 'created' and start_after <= (select clock_timestamp())`,
        [QUEUE_NAME],
      )
      const [{ depth }] = rows as [{ depth: number }]
      await analyseAfterGrowth(depth)
      return depth
    },

    async close() {
      dueAlarms.close()
      await Promise.all(loops.map((loop) => loop.stop()))
      await Promise.all([inserts.idle(), removals.idle(), farDoorbell?.close()])
      await opened.close()
    },
  }
}

function toRow({ id, taskId, priority, delayMs }: Job) {
  return { id, data: { taskId, priority }, priority, ...(delayMs > 0 && { startAfter: delayMs / 1_000 }) }
}

function byPriorityThenAge(a: Message, b: Message): number {
  return b.priority - a.priority || (a.jobId < b.jobId ? -1 : 1)
}
