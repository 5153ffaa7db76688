import { freePort } from '@brandkit/tooling/free-port'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { inject, onTestFinished, vi } from 'vitest'

/** File names, relative to the project, and their text. */
export type Files = Readonly<Record<string, string>>

/** A project of a person who has nothing of this repository but what is published. */
export interface Project {
  folder: string
  write(files: Files): Promise<void>
  /** `npm install` of these packages, each with a version if you like. */
  install(...packages: string[]): Promise<void>
  /** What a command prints. A command is a path, or the name of one that the project has installed. */
  run(command: string, args?: string[], env?: NodeJS.ProcessEnv): Promise<string>
  /**
   * Starts a server on a free port, which it gets as `PORT`, and waits until it answers. It ends with the test.
   *
   * @returns its origin: `http://localhost:<port>`
   */
  serve(command: string, args: Arguments, env?: NodeJS.ProcessEnv): Promise<string>
  /** `serve`, for a test that ends the server itself. */
  start(command: string, args: Arguments, env?: NodeJS.ProcessEnv): Promise<StartedServer>
  remove(): Promise<void>
}

/** The arguments of a command that serves; some are told the port by them. */
type Arguments = string[] | ((port: string) => string[])

interface StartedServer {
  /** `http://localhost:<port>` */
  origin: string
  /**
   * Sends a signal to the command alone, as a supervisor does, and waits until it is gone.
   *
   * @returns the exit code, or the name of the signal that ended it
   */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>
}

/** An empty project in a temporary folder, outside of the workspace: `npm init`, ESM. */
export async function createProject(manifest: object = {}): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-consumer-'))
  const own = join(folder, 'node_modules/.bin')
  const optionsOf = (env: NodeJS.ProcessEnv) => ({ cwd: folder, env: { ...surroundings(), ...env } })
  const pathOf = (command: string) => (OUTSIDE.test(command) ? command : join(own, command))

  const project: Project = {
    folder,
    async write(files) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true })
        await writeFile(join(folder, name), text)
      }
    },
    async install(...packages) {
      await project.run('npm', ['install', '--strict-peer-deps', ...packages])
    },
    async run(command, args = [], env = {}) {
      try {
        const { stdout, stderr } = await promisify(execFile)(pathOf(command), args, {
          ...optionsOf(env),
          maxBuffer: MOST_OUTPUT,
        })
        return stdout + stderr
      } catch (error) {
        const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
        throw new Error(`${command} ${args.join(' ')} has failed.\n${stdout}${stderr}`, { cause: error })
      }
    },
    serve: async (...command) => (await project.start(...command)).origin,
    async start(command, args, env = {}) {
      const port = String(await freePort())
      const child = spawn(pathOf(command), typeof args === 'function' ? args(port) : args, {
        ...optionsOf({ PORT: port, ...env }),
        // A group of its own, because the servers of frameworks are children of their commands.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let printed = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (text: Buffer) => (printed += text.toString()))
      onTestFinished(() => kill(child))

      const origin = `http://localhost:${port}`
      const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
      const gone = exit.then(() => 'gone' as const)
      const ready = await Promise.race([gone, vi.waitFor(() => fetch(origin), { timeout: START_MS, interval: 100 })])
      if (ready === 'gone') throw new Error(`${command} has ended before it served.\n${printed}`)
      return {
        origin,
        async end(signal) {
          child.kill(signal)
          const [code, killer] = await exit
          return killer ?? Number(code)
        },
      }
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }

  await project.write({
    '.npmrc': `${inject('npmrc')}${FAST}`,
    'package.json': JSON.stringify({ name: 'consumer', private: true, type: 'module', ...manifest }),
  })
  return project
}

/** Projects share npm's cache, and ask for nothing that does not concern them. */
const FAST = 'prefer-offline=true\naudit=false\nfund=false\nupdate-notifier=false\n'

const OUTSIDE = /^(npm|npx|node)$|[/\\]/
const MOST_OUTPUT = 64 * 1024 * 1024
const START_MS = 120_000

/** The environment of a person's terminal: nothing of vitest, pnpm or turbo. */
export function surroundings(): NodeJS.ProcessEnv {
  const foreign =
    /^(npm|pnpm|turbo|vitest)_|^(VITEST|TEST|NODE_ENV|NODE_OPTIONS|NODE_PATH|MODE|DEV|PROD|SSR|BASE_URL)$/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  await gone
}
