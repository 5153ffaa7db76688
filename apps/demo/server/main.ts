import { createLogger } from '@brandkit/core'
import { startDemo } from './app.ts'
import { createJsonLogSink } from './json-log-sink.ts'
import { readEnvironment } from './read-environment.ts'
import { StartError } from './start-error.ts'

try {
  const environment = readEnvironment(process.env)
  const logger = createLogger({ sink: createJsonLogSink({ level: process.env['LOG_LEVEL'] ?? 'info' }) })
  const demo = await startDemo({ ...environment, logger })
  console.log(`listening on ${demo.url}`)

  const stop = async () => {
    await demo.stop()
    process.exit(0)
  }
  // Once only: a second Ctrl+C ends the process at once.
  process.once('SIGTERM', () => void stop())
  process.once('SIGINT', () => void stop())
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exit(1)
}
