import { createLogger, type LogSink, type TaskLogger } from '@brandkit/core'
import { existsSync } from 'node:fs'
import { pino } from 'pino'
import { type Environment, readEnvironment } from './environment.ts'
import { StartError } from './start-error.ts'

interface Started {
  /** The one line on standard output; people and scripts wait for it. */
  line: string
  stop(): Promise<void>
}

/** Runs a process from start to signal. SIGTERM and Ctrl+C stop it gracefully; a failed start prints one sentence. */
export async function runProcess(start: (options: Environment & { logger: TaskLogger }) => Promise<Started>) {
  try {
    // Reads the `.env` file of the folder that the process was started in. Variables that are already set win.
    if (existsSync('.env')) process.loadEnvFile('.env')
    const environment = readEnvironment(process.env)
    // The demo shows the whole trace of every task.
    const sink = createJsonLogSink({ level: process.env['LOG_LEVEL'] })
    const logger = createLogger({ level: 'debug', sink })
    const started = await start({ ...environment, logger })
    console.log(started.line)

    const stop = async () => {
      await started.stop()
      process.exit(0)
    }
    // Once only: a second Ctrl+C ends the process at once.
    process.once('SIGTERM', () => void stop())
    process.once('SIGINT', () => void stop())
    // The supervisor of this process has died.
    process.once('disconnect', () => void stop())
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

/**
 * Writes one JSON line for each entry to standard error, by pino: level, time, the message as the trace shows it
 * (`[API/Jobs] …`), and its fields, with `traceId`. Standard output stays free for the one line that people and scripts
 * wait for.
 *
 * @param level `debug` (default), `info`, `warn`, `error` or `silent`
 */
function createJsonLogSink({ level = 'debug' }: { level?: string | undefined } = {}): LogSink {
  const known = [...Object.keys(pino.levels.values), 'silent']
  const log = pino(
    { level: known.includes(level) ? level : 'debug', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    // Synchronous, so that the last lines of a killed process are not lost.
    pino.destination({ fd: 2, sync: true }),
  )
  return (entry) => log[entry.level](entry.fields, entry.scope ? `[${entry.scope}] ${entry.message}` : entry.message)
}
