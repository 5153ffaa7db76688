import { CONDITION_MS } from '@brandkit/tooling/test-times'
import { freePort } from '@brandkit/tooling/free-port'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import nextModule from 'next'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMigratedPglite } from '../../proofs/fixtures/create-pglite.js'
import { describeTaskEndpoint } from '../testing/endpoint-conformance.js'
import { openEndpoint } from '../testing/endpoint-server.js'
import { listen } from '../../proofs/fixtures/listen.js'
import { describeMount } from '../testing/mount-conformance.js'
import type { OpenMount } from '../testing/mount/mount-in-hand.js'
import type { FetchServer } from './fetch-server.js'

// Next's types expect the function in `default`, but the module itself is the function.
const createNext = nextModule as unknown as typeof nextModule.default
const next = join(import.meta.dirname, '../../node_modules/next/dist/bin/next')

const results = join(import.meta.dirname, '../../.results')

// One app serves all tests of Next, because a build uses a core for ten seconds.
let app: string
let data: string
beforeAll(async () => {
  await mkdir(results, { recursive: true })
  // A copy inside this package: inside, so that imports resolve; a copy, because the tests build and change the app.
  app = await mkdtemp(join(results, 'next-'))
  data = await mkdtemp(join(tmpdir(), 'brandkit-next-'))
  await (await createMigratedPglite(data)).close()
  await cp(join(import.meta.dirname, '../../proofs/fixtures/next-app'), app, { recursive: true })
  await promisify(execFile)(process.execPath, [next, 'build', app], { env: environment('production') })
  // A build of Next has the time that a busy machine needs.
}, 300_000)
afterAll(() => Promise.all([app, data].map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 }))))

function environment(mode: 'production' | 'development') {
  return { ...process.env, NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: '1', DATA_FOLDER: data }
}

/** On a busy machine `next dev` needs a minute before it says its first word, in milliseconds. */
const START_MS = 3 * CONDITION_MS

/** Runs `next start` or `next dev`, child processes included, until the test ends. */
async function run(command: 'start' | 'dev'): Promise<string> {
  const port = await freePort()
  const env = environment(command === 'dev' ? 'development' : 'production')
  const child = spawn(process.execPath, [next, command, app, '-p', String(port), '-H', '127.0.0.1'], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  onTestFinished(() => end(child))
  const url = `http://127.0.0.1:${port}/api`
  await expect
    .poll(
      () =>
        fetch(`${url}/jobs?action=list`).then(
          (response) => response.status,
          () => said,
        ),
      // It compiles the app first.
      { interval: 200, timeout: START_MS },
    )
    .toBe(200)
  return url
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
  await gone
}

async function greet(url: string): Promise<unknown> {
  const created = await fetch(`${url}/jobs?action=create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'GREET', brandId: 'aurora', payload: {} }),
  })
  const { task } = (await created.json()) as { task: { taskId: string } }
  const read = async () => {
    const response = await fetch(`${url}/jobs?action=status&taskId=${task.taskId}`)
    return ((await response.json()) as { task: { status: string; result?: unknown } }).task
  }
  await expect.poll(async () => (await read()).status).toBe('completed')
  return (await read()).result
}

async function copiesAt(url: string): Promise<unknown> {
  return (await fetch(`${url}/copies`)).json()
}

/** Serves the built app as `next start` does, but in this process, so that the test can choose the mounted server. */
async function openNext(server: FetchServer): Promise<OpenMount> {
  vi.stubEnv('NODE_ENV', 'production')
  vi.stubEnv('NEXT_TELEMETRY_DISABLED', '1')
  vi.stubGlobal('mountedOnNext', server)
  const served = createNext({ dev: false, dir: app })
  await served.prepare()
  const handle = served.getRequestHandler()
  const { origin, close } = await listen(createServer((request, response) => void handle(request, response)))
  return {
    url: `${origin}/app/api/jobs`,
    async close() {
      await close()
      await served.close()
      vi.unstubAllEnvs()
      vi.unstubAllGlobals()
    },
  }
}

describeMount('Next', openNext)
describeTaskEndpoint('Next', { open: () => openEndpoint(openNext), capabilities: ['sockets', 'operations'] })

describe('an app of Next on PGlite, with a worker in its instrumentation and a route', () => {
  it(
    'completes a task in `next start`, although its module is there more than once',
    async () => {
      const url = await run('start')
      expect(await greet(url)).toEqual({ text: 'before the change' })
      expect(await copiesAt(url)).toBeGreaterThan(1)
    },
    2 * START_MS,
  )

  it(
    'runs a changed generator in `next dev` without a restart',
    async () => {
      const url = await run('dev')
      expect(await greet(url)).toEqual({ text: 'before the change' })
      const file = join(app, 'generators.js')
      await writeFile(file, (await readFile(file, 'utf8')).replace('before', 'after'))
      await expect.poll(() => greet(url), { interval: 500 }).toEqual({ text: 'after the change' })
      expect(await copiesAt(url)).toBeGreaterThan(2)
    },
    2 * START_MS,
  )
})
