import { describeError, type TaskLogger } from '@brandkit/core'
import type { TaskServer } from '@brandkit/server-adapter'
import { chooseStore } from './backends.ts'
import { composeGenerators, composeTasks, type GeneratorSettings, type TaskSettings } from './task-policy.ts'
import { composeNotices, createWishes } from './notices.ts'
import type { Environment } from './environment.ts'
import { StartError, toStartError } from './start-error.ts'

type WorkerOptions = TaskSettings &
  GeneratorSettings &
  Partial<Pick<Environment, 'databaseUrl' | 'payloadKeys' | 'smtpUrl' | 'vapid' | 'studioUrl'>>

interface DemoWorker {
  /** The kind of queue that delivers the tasks. */
  readonly queue: string
  /** Accepts no more tasks, lets running work finish or hands it back, and disconnects. */
  stop(): Promise<void>
}

/**
 * Starts a process that only works: no port, the same generators. Any number of workers may share a database.
 *
 * @throws StartError in one sentence when it cannot start, or when it would have no work
 */
export async function startWorker(options: WorkerOptions): Promise<DemoWorker> {
  const { databaseUrl, queue = { kind: 'pg-boss' }, logger } = options
  if (queue.kind === 'qstash') {
    throw new StartError(
      'With QSTASH_TOKEN a worker has nothing to do, because QStash calls the web process; start more of those instead.',
    )
  }
  if (!databaseUrl) {
    throw new StartError(
      'A worker needs DATABASE_URL, because the embedded database belongs to the one process that `npm start` runs; set it for both.',
    )
  }

  const { smtpUrl, vapid, studioUrl } = options
  const store = chooseStore(databaseUrl, options)
  const wishes = createWishes(store)
  const tasks = composeTasks({
    ...options,
    store,
    notify: studioUrl === undefined ? undefined : composeNotices({ smtpUrl, vapid, studioUrl }, wishes),
    authenticate: async () => null,
    generators: composeGenerators(options),
  })
  try {
    await tasks.start()
  } catch (error) {
    throw toStartError(error, databaseUrl)
  }
  const health = reportHealth({ tasks, logger })
  return {
    queue: queue.kind,
    async stop() {
      health.stop()
      await tasks.stop()
    },
  }
}

interface HealthOptions {
  tasks: Pick<TaskServer, 'stats'>
  logger: TaskLogger
  /** Milliseconds between two lines. Default one minute. */
  everyMs?: number
}

/**
 * Logs that a worker without a port is alive: the counts of waiting and running tasks everywhere, or the reason why they
 * cannot be read.
 */
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
