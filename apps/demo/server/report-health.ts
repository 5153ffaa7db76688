import { describeError, type TaskLogger } from '@brandkit/core'
import type { TaskServer } from '@brandkit/server-adapter'

interface HealthOptions {
  tasks: Pick<TaskServer, 'stats'>
  logger: TaskLogger
  /** Milliseconds between two lines. Default one minute. */
  everyMs?: number
}

/** A process without a port says in its log that it lives: what waits and runs everywhere, or why it cannot tell. */
export function reportHealth({ tasks, logger, everyMs = 60_000 }: HealthOptions): { stop(): void } {
  async function report(): Promise<void> {
    try {
      const { queued, processing, endedPerMinute } = await tasks.stats()
      logger.info('The worker is well', { queued, processing, endedPerMinute })
    } catch (error) {
      logger.warn('The worker cannot reach the tasks', {
        reason: describeError(error),
      })
    }
  }

  const timer = setInterval(() => void report(), everyMs)
  return { stop: () => clearInterval(timer) }
}
