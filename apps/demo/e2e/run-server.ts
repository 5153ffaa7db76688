import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const APP = fileURLToPath(new URL('..', import.meta.url))

export interface ServerProcess {
  readonly child: ChildProcess
  /** Standard output and standard error so far. */
  readonly stdout: () => string
  readonly stderr: () => string
  /** Resolves to the address once the server says that it listens; rejects when it ends before. */
  readonly listening: Promise<string>
  /** Resolves to the exit code, or to the signal's name. */
  readonly exited: Promise<number | NodeJS.Signals | null>
  /** Ends the process by this signal and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
}

/** `npm start`'s server in a process of its own, on any free port unless the environment says otherwise. */
export function runServer(env: Record<string, string>): ServerProcess {
  const { NODE_OPTIONS: _, DATABASE_URL: __, ...inherited } = process.env
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: APP,
    env: { ...inherited, NODE_ENV: 'development', PORT: '0', ...env },
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
  const listening = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
      const address = /^listening on (http:\S+)$/m.exec(stdout)?.[1]
      if (address) resolve(address)
    })
    void exited.then((code) => reject(new Error(`The server ended (${code}) before it listened: ${stderr}`)))
  })
  // Who only waits for the end does not ask for the address.
  listening.catch(() => {})

  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    listening,
    exited,
    async end(signal) {
      child.kill(signal)
      return await exited
    },
  }
}
