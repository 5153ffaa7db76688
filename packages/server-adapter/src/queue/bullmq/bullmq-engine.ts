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
  job: Job<Message>
  token: string
}

interface Consuming {
  worker: Worker<Message>
  watch: MarkerWatch
}

const MAX_BATCH = 1_000
/** How long the key lives that proves that Redis can be written, in milliseconds. */
const PING_KEY_MS = 1_000
/** BullMQ takes 1 to 2,097,152, the lower the sooner. Half of it leaves room on both sides of our zero. */
const PRIORITY_OF_ZERO = 1_048_576

/**
 * Our verbs on BullMQ. Its own worker loop is not run: it fetches up to a fixed concurrency, without asking how much
 * room there is, and holds a message as long as the run lasts, which the store's lease watches already.
 */
export function createBullMQEngine({ bullmq, pollMs, commandTimeoutMs, logger }: BullMQEngineOptions): BullMQEngine {
  const { redis, queue } = bullmq
  const loops: PullLoop[] = []
  const inserts = createBatcher<Delivery>(insert, { maxItems: MAX_BATCH })
  let consuming: Promise<Consuming> | undefined
  let closing: Promise<void> | undefined

  /** Redis may keep a connection open and say nothing; neither a publisher nor the shutdown may hang on that. */
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

  /** Asks for few at first and then for more, because what an almost empty queue cannot give costs a script each. */
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

  /** Commands sent together are answered in their order, in one round trip. */
  async function takeAtOnce(count: number, worker: Worker<Message>): Promise<TakenMessage[]> {
    const answers = await Promise.allSettled(Array.from({ length: count }, () => answered(takeOne(worker))))
    const messages = answers.flatMap((answer) => (answer.status === 'fulfilled' && answer.value ? [answer.value] : []))
    const failure = answers.find(({ status }) => status === 'rejected')
    // What did come is delivered; the next round will fail by itself.
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
    // With force, since it would wait for the blocking read; nothing is in hand any more.
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
        pollMs,
        logger,
      })
      loops.push(loop)
    },

    async depth() {
      // BullMQ promotes a delayed job when it is asked for the next one; until then we count what is due.
      const latestDue = (Date.now() + 1) * 0x1000 - 1
      const [waiting, due] = await answered(
        Promise.all([
          queue.getJobCountByTypes('prioritized', 'waiting'),
          redis.zcount(queue.toKey('delayed'), 0, latestDue),
        ]),
      )
      return waiting + due
    },

    /** Writes, since a replica answers every question, and so does a Redis whose memory is full. */
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
  return job && { taskId: job.data.taskId, job, token }
}
