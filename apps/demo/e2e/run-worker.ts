import { type EntryProcess, runEntry } from './run-entry.ts'

/** `npm run worker`'s process. It is ready when it says what delivers its tasks. */
export function runWorker(env: Record<string, string>): EntryProcess {
  return runEntry('server/worker.ts', { env, ready: /^working on what (\S+) delivers$/m })
}
