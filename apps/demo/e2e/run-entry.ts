import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const APP = fileURLToPath(new URL('..', import.meta.url))

/** What would lead a test's process to a developer's own services. */
const NOT_INHERITED =
  /^(NODE_OPTIONS|PORT|HOST|PUBLIC_URL|SESSION_SECRET|DATABASE_URL|REDIS_URL|QSTASH_.*|BRANDKIT_.*|LLM_.*)$/

export interface EntryProcess {
  readonly child: ChildProcess
  /** Standard output and standard error so far. */
  readonly stdout: () => string
  readonly stderr: () => string
  /** Resolves to what the line of standard output says that it waits for; rejects when the process ends before. */
  readonly ready: Promise<string>
  /** Resolves to the exit code, or to the signal's name. */
  readonly exited: Promise<number | NodeJS.Signals | null>
  /** Ends the process by this signal and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
}

/** Runs an entry of the demo's server in a process of its own, in this environment and little of ours. */
export function runEntry(entry: string, { env, ready: line }: { env: Record<string, string>; ready: RegExp }) {
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
  // Who only waits for the end does not ask for the line.
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
