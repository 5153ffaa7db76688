import { randomUUID } from 'node:crypto'
import type { TaskLogger } from '@brandkit/core'
import type { Job, Worker } from 'bullmq'
import { answerInTime } from '../../patience.js'
import { createBatcher } from '../batcher.js'
import { type PullLoop, startPullLoop } from '../pull-loop.js'
import type { Delivery, DeliveryConsumer } from '../queue-backend.js'
import { createMarkerWatch, type MarkerWatch } from './marker-watch.js'
import type { Message, OpenBullMQ } from './open-bullmq.js'

export interface BullMQEngine {
  enqueue(deliveries: readonly Delivery[]): Promise<void>
  consume(consumer: DeliveryConsumer): Promise<void>
  depth(): Promise<number>
  ping(): Promise<void>
  close(): Promise<void>
}

export interface BullMQEngineOptions {
  bullmq: OpenBullMQ
  pollMs: number
  commandTimeoutMs: number
  logger: TaskLogger
}

interface TakenMessage extends Message {
  priority: number
  job: Job<Message>
  token: string
}

interface Consuming {
  worker: Worker<Message>
  watch: MarkerWatch
}

const MAX_BATCH = 1_000
/** The lifetime of the key that `ping` writes, in milliseconds. */
const PING_KEY_MS = 1_000
/**
 * BullMQ takes priorities from 1 to 2,097,152, and a lower number comes first. Half of it leaves room on both sides of our
 * zero.
 */
const PRIORITY_OF_ZERO = 1_048_576

/**
 * Our queue methods on BullMQ. BullMQ's own worker loop is not used: it fetches up to a fixed concurrency without asking for
 * free room, and holds a message for the whole run, which the store's lease already watches.
 */
export function createBullMQEngine({ bullmq, pollMs, commandTimeoutMs, logger }: BullMQEngineOptions): BullMQEngine {
  const { redis, queue } = bullmq
  const loops: PullLoop[] = []
  const inserts = createBatcher<Delivery>(insert, { maxItems: MAX_BATCH })
  let consuming: Promise<Consuming> | undefined
  let closing: Promise<void> | undefined

  /** Redis may keep a connection open without answering; a publisher and the shutdown must not wait for it for ever. */
  function answered<T>(command: Promise<T>): Promise<T> {
    return answerInTime(command, { from: 'Redis', ms: commandTimeoutMs })
  }

  async function insert(deliveries: Delivery[]) {
    const jobs = deliveries.map(({ taskId, priority, delayMs }) => ({
      name: 'deliver',
      data: { taskId },
      opts: { priority: toBullMQPriority(priority), delay: delayMs },
    }))
    await answered(queue.addBulk(jobs))
  }

  /**
   * Asks for one message first, then for four times as many: each request that an almost empty queue cannot fill costs a
   * script.
   */
  async function take(limit: number, { worker, watch }: Consuming): Promise<TakenMessage[]> {
    const taken: TakenMessage[] = []
    for (let size = 1; taken.length < limit; size *= 4) {
      const asked = Math.min(size, limit - taken.length)
      const came = await takeAtOnce(asked, worker)
      taken.push(...came)
      if (came.length < asked) {
        watch.arm()
        break
      }
    }
    return taken
  }

  /** Takes messages with commands that are sent together, answered in order, and cost one round trip. */
  async function takeAtOnce(count: number, worker: Worker<Message>): Promise<TakenMessage[]> {
    const answers = await Promise.allSettled(Array.from({ length: count }, () => answered(takeOne(worker))))
    const messages = answers.flatMap((answer) => (answer.status === 'fulfilled' && answer.value ? [answer.value] : []))
    const failure = answers.find(({ status }) => status === 'rejected')
    // Messages that arrived are delivered; if the failure lasts, the next round throws it.
    if (failure?.status === 'rejected' && messages.length === 0) throw failure.reason
    return messages
  }

  function ringAll() {
    for (const loop of loops) loop.ring()
  }

  async function startConsuming(): Promise<Consuming> {
    const worker = await bullmq.createWorker()
    return { worker, watch: createMarkerWatch({ queue, worker, pollMs, logger, onNews: ringAll }) }
  }

  async function closeAll() {
    const started = await consuming?.catch(() => undefined)
    started?.watch.stop()
    await Promise.all(loops.map((loop) => loop.stop()))
    await inserts.idle()
    // With force, because the worker would otherwise wait for its blocking read. All deliveries are finished by now.
    await started?.worker.close(true)
    await queue.close()
    redis.disconnect()
  }

  return {
    enqueue: (deliveries) => inserts.add(deliveries),

    async consume(consumer) {
      consuming ??= startConsuming()
      const started = await consuming
      const loop = startPullLoop<TakenMessage>({
        consumer,
        take: (limit) => take(limit, started),
        acknowledge: async ({ job, token }) => void (await answered(job.moveToCompleted(null, token, false))),
        giveBack: async (messages) =>
          void (await Promise.all(messages.map(({ job, token }) => answered(job.moveToWait(token))))),
        pollMs: () => pollMs,
        logger,
      })
      loops.push(loop)
    },

    async depth() {
      // BullMQ promotes a delayed job only when a worker asks for the next job. Until then we count due jobs ourselves.
      const latestDue = (Date.now() + 1) * 0x1000 - 1
      const [waiting, due] = await answered(
        Promise.all([
          queue.getJobCountByTypes('prioritized', 'waiting'),
          redis.zcount(queue.toKey('delayed'), 0, latestDue),
        ]),
      )
      return waiting + due
    },

    /** Writes a key, because a replica and a Redis with full memory still answer reads. */
    async ping() {
      await answered(redis.set(queue.toKey('ping'), '', 'PX', PING_KEY_MS))
    },

    close: () => (closing ??= closeAll()),
  }
}

function toBullMQPriority(priority: number): number {
  return Math.min(Math.max(PRIORITY_OF_ZERO - Math.trunc(priority), 1), 2 * PRIORITY_OF_ZERO)
}

async function takeOne(worker: Worker<Message>): Promise<TakenMessage | undefined> {
  const token = randomUUID()
  const job: Job<Message> | undefined = await worker.getNextJob(token, { block: false })
  return job && { taskId: job.data.taskId, priority: PRIORITY_OF_ZERO - job.priority, job, token }
}
