import { type EntryProcess, runEntry } from './run-entry.ts'

/** The process of `npm run worker`. It is ready when it names the queue that delivers its tasks. */
export function runWorker(env: Record<string, string>): EntryProcess {
  return runEntry('server/worker.ts', { env, ready: /^working on what (\S+) delivers$/m })
}
