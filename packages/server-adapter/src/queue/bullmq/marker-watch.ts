import { describeError, type TaskLogger } from '@brandkit/core'
import type { Queue, Worker } from 'bullmq'
import type { Message } from './open-bullmq.js'

export interface MarkerWatchOptions {
  queue: Queue<Message>
  worker: Worker<Message>
  /** Longest wait, in milliseconds. It also bounds what a marker costs that another process took and died with. */
  pollMs: number
  logger: TaskLogger
  /** Something may be there to take. */
  onNews: () => void
}

export interface MarkerWatch {
  /** Nothing was left to take: waits in Redis, once, for the marker that BullMQ sets beside every new job. */
  arm(): void
  /** Waits for nothing more. The worker must be closed for what is waited for in Redis. */
  stop(): void
}

/**
 * Wakes idle consumers without polling. Only a consumer with room arms it: a busy process that took the marker away
 * would leave an idle one asleep.
 */
export function createMarkerWatch({ queue, worker, pollMs, logger, onNews }: MarkerWatchOptions): MarkerWatch {
  let isWaiting = false
  let isStopped = false

  /** A delayed job's marker comes at once and says when the job is due: the worker that takes it has to look at the clock. */
  async function untilNextDue(): Promise<number> {
    const [next] = await queue.getDelayed(0, 0)
    return next ? Math.max(1, next.timestamp + next.delay - Date.now()) : pollMs
  }

  async function wait() {
    try {
      const waitMs = Math.min(pollMs, await untilNextDue())
      if (!isStopped) await worker.getBackend().waitForJob(waitMs / 1_000)
    } catch (error) {
      // Consumers poll as well, with a growing pause while Redis is away; ringing here would cut that short.
      if (!isStopped) logger.debug('Waiting for messages was interrupted', { error: describeError(error) })
      return
    } finally {
      isWaiting = false
    }
    if (!isStopped) onNews()
  }

  return {
    arm() {
      if (isWaiting || isStopped) return
      isWaiting = true
      void wait()
    },
    stop() {
      isStopped = true
    },
  }
}
