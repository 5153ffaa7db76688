import { composeGenerators, type GeneratorSettings } from './compose-generators.ts'
import { composeTasks, type TaskSettings } from './compose-tasks.ts'
import type { Environment } from './read-environment.ts'
import { StartError } from './start-error.ts'
import { reportHealth } from './report-health.ts'
import { toStartError } from './to-start-error.ts'

export type WorkerOptions = TaskSettings & GeneratorSettings & Partial<Pick<Environment, 'databaseUrl'>>

export interface DemoWorker {
  /** What delivers the tasks. */
  readonly queue: string
  /** Takes nothing more, lets work in hand finish or gives it back, disconnects. */
  stop(): Promise<void>
}

/**
 * Starts a process that only works: no port, the same generators. Any number of them may share a database.
 *
 * @throws StartError in one sentence when it cannot, or when there would be nothing for it to do
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

  const tasks = composeTasks({
    ...options,
    database: databaseUrl,
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
