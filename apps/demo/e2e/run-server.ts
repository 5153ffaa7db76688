import { type EntryProcess, runEntry } from './run-entry.ts'

export interface ServerProcess extends EntryProcess {
  /** Resolves to the address once the server says that it listens; rejects when it ends before. */
  readonly listening: Promise<string>
}

/**
 * The server in a process of its own, on any free port unless the environment says otherwise: by itself, or watched over
 * by what `npm start` runs.
 */
export function runServer(
  env: Record<string, string>,
  { entry = 'main' }: { entry?: 'main' | 'supervise' } = {},
): ServerProcess {
  const server = runEntry(`server/${entry}.ts`, { env: { PORT: '0', ...env }, ready: /^listening on (http:\S+)$/m })
  return { ...server, listening: server.ready }
}
