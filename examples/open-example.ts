import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { parseEnv } from 'node:util'
import { bringServices } from './bring-services.ts'

export interface OpenedExample {
  /** Resolves when one of its processes has ended. */
  readonly ended: Promise<unknown>
  close(): Promise<void>
}

export interface OpenExampleOptions {
  /** Variables for its processes, beside those of this process. */
  env?: Record<string, string>
  /** Takes what its processes write. */
  write: (text: string) => void
}

/**
 * Runs the scripts `dev` and `dev:…` of an example, each as a process. For each variable of its `.env.example` that is not set, a
 * service starts with the example and ends with it.
 */
export async function openExample(name: string, { env = {}, write }: OpenExampleOptions): Promise<OpenedExample> {
  const folder = join(import.meta.dirname, name)
  const services = await bringServices(variablesOf(folder).filter((variable) => !process.env[variable]))
  const PATH = [join(folder, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
  const children = scriptsOf(folder).map((command) => {
    // A process group of its own, because a tool may start processes that must end with it.
    const options = { cwd: folder, env: { ...process.env, ...services.env, ...env, PATH }, shell: true, detached: true }
    const child = spawn(command, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => write(String(chunk)))
    return { child, end: once(child, 'exit') }
  })
  return {
    ended: Promise.race(children.map(({ end }) => end)),
    async close() {
      for (const { child } of children) {
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
      }
      await Promise.all(children.map(({ end }) => end))
      await services.stop()
    },
  }
}

/** The variables that the example needs, beside `PORT`. */
export function variablesOf(folder: string): string[] {
  const file = join(folder, '.env.example')
  return existsSync(file) ? Object.keys(parseEnv(readFileSync(file, 'utf8'))) : []
}

function scriptsOf(folder: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  return Object.entries(scripts).flatMap(([name, command]) => (/^dev(:|$)/.test(name) ? [command] : []))
}
