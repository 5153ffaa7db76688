import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const APP = fileURLToPath(new URL('..', import.meta.url))

/** Variables that would connect a test's process to a developer's own services. */
const NOT_INHERITED =
  /^(NODE_OPTIONS|PORT|HOST|PUBLIC_URL|SESSION_SECRET|DATABASE_URL|REDIS_URL|QSTASH_.*|BRANDKIT_.*|LLM_.*)$/

export interface EntryProcess {
  readonly child: ChildProcess
  /** Standard output and standard error so far. */
  readonly stdout: () => string
  readonly stderr: () => string
  /** Resolves to the matching line on standard output; rejects when the process ends first. */
  readonly ready: Promise<string>
  /** Resolves to the exit code, or to the signal's name. */
  readonly exited: Promise<number | NodeJS.Signals | null>
  /** Sends this signal and waits until the process has ended. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
}

/** Runs an entry of the demo's server in its own process, with this environment and few of our variables. */
function runEntry(entry: string, { env, ready: line }: { env: Record<string, string>; ready: RegExp }) {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name)))
  const child = spawn(process.execPath, [entry], {
    cwd: APP,
    env: { ...inherited, NODE_ENV: 'development', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code))
  })
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
      const said = line.exec(stdout)?.[1]
      if (said) resolve(said)
    })
    void exited.then((code) => reject(new Error(`${entry} ended (${code}) before it was ready: ${stderr}`)))
  })
  // Prevents an unhandled rejection in tests that wait only for the end.
  ready.catch(() => {})

  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ready,
    exited,
    async end(signal) {
      child.kill(signal)
      return await exited
    },
  } satisfies EntryProcess
}

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

/** The process of `npm run worker`. It is ready when it names the queue that delivers its tasks. */
export function runWorker(env: Record<string, string>): EntryProcess {
  return runEntry('server/worker.ts', { env, ready: /^working on what (\S+) delivers$/m })
}
