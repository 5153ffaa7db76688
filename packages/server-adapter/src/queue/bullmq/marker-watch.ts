import { describeError, type TaskLogger } from '@brandkit/core'
import type { Queue, Worker } from 'bullmq'
import type { Message } from './open-bullmq.js'

export interface MarkerWatchOptions {
  queue: Queue<Message>
  worker: Worker<Message>
  /** Longest wait, in milliseconds. Also the longest delay if a process takes a marker and then dies. */
  pollMs: number
  logger: TaskLogger
  /** Called when new messages may be waiting. */
  onNews: () => void
}

export interface MarkerWatch {
  /** To be called when the queue is empty: waits in Redis, once, for the marker that BullMQ sets beside every new job. */
  arm(): void
  /** Starts no more waits. Closing the worker ends a wait that runs in Redis. */
  stop(): void
}

/**
 * Wakes idle consumers without polling. Only a consumer with room arms the watch: if a busy process took the marker, an idle
 * one would keep sleeping.
 */
export function createMarkerWatch({ queue, worker, pollMs, logger, onNews }: MarkerWatchOptions): MarkerWatch {
  let isWaiting = false
  let isStopped = false

  /**
   * Milliseconds until the next delayed job. Its marker comes at once and only says when the job is due, so the worker must
   * use a timer.
   */
  async function untilNextDue(): Promise<number> {
    const [next] = await queue.getDelayed(0, 0)
    return next ? Math.max(1, next.timestamp + next.delay - Date.now()) : pollMs
  }

  async function wait() {
    try {
      const waitMs = Math.min(pollMs, await untilNextDue())
      if (!isStopped) await worker.getBackend().waitForJob(waitMs / 1_000)
    } catch (error) {
      // Consumers also poll, with a growing pause while Redis is down; calling `onNews` here would shorten that pause.
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
