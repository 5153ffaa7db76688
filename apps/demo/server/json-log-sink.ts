import type { LogSink } from '@brandkit/core'
import { pino } from 'pino'

/**
 * One JSON line an entry on standard error, by pino: level, time, the message as the trace shows it (`[API/Jobs] …`), and its
 * fields, `traceId` among them. Standard output stays free for the one line that people and scripts wait for.
 *
 * @param level `debug` (default), `info`, `warn`, `error` or `silent`
 */
export function createJsonLogSink({ level = 'debug' }: { level?: string | undefined } = {}): LogSink {
  const known = [...Object.keys(pino.levels.values), 'silent']
  const log = pino(
    { level: known.includes(level) ? level : 'debug', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    // Synchronous, so that the last words of a process that is being killed are not lost.
    pino.destination({ fd: 2, sync: true }),
  )
  return (entry) => log[entry.level](entry.fields, entry.scope ? `[${entry.scope}] ${entry.message}` : entry.message)
}
