import { type EntryProcess, runEntry } from './run-entry.ts'

export interface ServerProcess extends EntryProcess {
  /** Resolves to the address when the server says that it listens; rejects when it ends first. */
  readonly listening: Promise<string>
}

/**
 * Runs the server in its own process, on any free port unless the environment names one: alone, or under the supervisor of
 * `npm start`.
 */
export function runServer(
  env: Record<string, string>,
  { entry = 'main' }: { entry?: 'main' | 'supervise' } = {},
): ServerProcess {
  const server = runEntry(`server/${entry}.ts`, { env: { PORT: '0', ...env }, ready: /^listening on (http:\S+)$/m })
  return { ...server, listening: server.ready }
}
