import { freePort } from '@brandkit/tooling/free-port'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'tsup'
import { vi } from 'vitest'
import type { OpenEndpoint } from '../../src/testing/endpoint/endpoint-caller.js'

const require = createRequire(import.meta.url)
const { default: workerd } = require('workerd') as { default: string }
const deno = join(import.meta.dirname, '../../node_modules/.bin/deno')
// The binary is used directly: the package's install script, which would link it, does not run.
const cpu = process.arch === 'arm64' ? 'aarch64' : process.arch
const bun = createRequire(require.resolve('bun/package.json')).resolve(`@oven/bun-${process.platform}-${cpu}/bin/bun`)
const inThisFolder = (name: string) => join(import.meta.dirname, name)

/** Serves the endpoint suite with Bun, which loads the built package, as an app does. */
export const openOnBun = (database: string): Promise<OpenEndpoint> => openOn([bun, 'run'], database)

/** Serves the suite with Deno, in the same way. */
export const openOnDeno = (database: string): Promise<OpenEndpoint> =>
  openOn([deno, 'run', '--no-check', '--allow-all'], database)

async function openOn([runtime, ...args]: [string, ...string[]], database: string): Promise<OpenEndpoint> {
  const child = spawn(runtime, [...args, inThisFolder('endpoint-process.ts'), database], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const [url] = (await Promise.race([once(createInterface(child.stdout), 'line'), endedEarly(child)])) as [string]
  return {
    url,
    async close() {
      child.stdin.end()
      await gone
    },
  }
}

/** Serves the suite with a Worker, bundled and run by Cloudflare's runtime. */
export async function openOnWorkerd(): Promise<OpenEndpoint> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-worker-'))
  await build({
    entry: { worker: inThisFolder('endpoint-worker.ts') },
    outDir: folder,
    config: false,
    silent: true,
    splitting: false,
    format: 'esm',
    noExternal: [/.*/],
    // Bundled CommonJS code requires modules of Node.js, which workerd has.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
    esbuildOptions: (options) => {
      options.conditions = ['@brandkit/source']
    },
  })
  const port = await freePort()
  await writeFile(join(folder, 'config.capnp'), configOf(port))
  const child = spawn(workerd, ['serve', join(folder, 'config.capnp')], { stdio: 'ignore' })
  const gone = once(child, 'exit')
  const url = `http://127.0.0.1:${port}/api/jobs`
  await Promise.race([vi.waitFor(() => fetch(`${url}?action=openapi`)), endedEarly(child)])
  return {
    url,
    fetch: fetchAgainWhenCutOff,
    async close() {
      child.kill('SIGKILL')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** workerd reads only 64 kB more of a refused body and then hangs up, which may lose the answer (RFC 9112, section 9.6). */
const MOST_DRAINED = 64 * 1024

async function fetchAgainWhenCutOff(...input: Parameters<typeof fetch>): Promise<Response> {
  const [, { body } = {}] = input
  if (typeof body !== 'string' || body.length < MOST_DRAINED) return fetch(...input)
  return vi.waitFor(() => fetch(...input))
}

async function endedEarly(child: ChildProcess): Promise<never> {
  await once(child, 'exit')
  throw new Error(`${child.spawnfile} has ended before it served.`)
}

const configOf = (port: number) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = (name = "main", entrypoint = "worker"))]
);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2026-09-01",
  durableObjectNamespaces = [(className = "Tasks", uniqueKey = "tasks")],
  durableObjectStorage = (inMemory = void),
  bindings = [(name = "TASKS", durableObjectNamespace = "Tasks")],
);
`
