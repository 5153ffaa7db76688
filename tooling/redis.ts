import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@brandkit/tooling/free-port'
import { givenService, type GivenService } from '@brandkit/tooling/given-service'

export interface TestRedis {
  /** The address of the server: `redis://127.0.0.1:6379`. */
  url: string
  /** The id of the server's process. Benchmarks read its CPU. */
  readonly pid: number
  /** Deletes all data, as an operator's mistake or a restart without persistence would. */
  flushAll(): Promise<void>
  /** Makes the server a read-only replica of another, or (`null`) a primary. Its connections stay open. */
  replicaOf(primary: TestRedis | null): Promise<void>
  /** Ends the server and removes its files. */
  stop(): Promise<void>
  /** Ends the server as a crash would: connections break, and no more data is written. */
  kill(): Promise<void>
  /** Starts the server again on the same port, after `kill` or while it runs. It starts empty. */
  restart(): Promise<void>
}

/**
 * A real Redis for tests: a database of the one at `TEST_REDIS_URL`, or a new server on a free port of 127.0.0.1, in memory
 * only, which needs `redis-server` in PATH.
 */
export async function startRedis(): Promise<TestRedis> {
  const given = await givenService('redis')
  return given ? takeRedis(given) : startOwnRedis()
}

/** A new server, also where one is given: for tests that make one the replica of another. */
export async function startOwnRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-redis-'))
  const port = await freePort()
  let server = await launchRedis({ folder, port })

  async function kill(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return server.pid ?? NaN
    },
    flushAll: async () => void (await askRedis(port, 'FLUSHALL')),
    async replicaOf(primary) {
      await askRedis(port, `REPLICAOF ${primary ? `127.0.0.1 ${new URL(primary.url).port}` : 'NO ONE'}`)
    },
    kill,
    async restart() {
      await kill()
      server = await launchRedis({ folder, port })
    },
    async stop() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** How many databases a Redis has by default. The first counts who has taken one. */
const DATABASES = 16

/** A database of a server that others started. What was killed starts empty again, as a server of our own does. */
async function takeRedis({ url, kill, restart }: GivenService): Promise<TestRedis> {
  const port = Number(url.port)
  const taken = Number((await askRedis(port, 'INCR brandkit-tests')).slice(1))
  const database = 1 + (taken % (DATABASES - 1))
  url.pathname = `/${database}`
  // Redis answers after both commands, because they arrive together.
  const flush = async () => void (await askRedis(port, `SELECT ${database}\r\nFLUSHDB`))
  await flush()
  return {
    url: url.href,
    pid: NaN,
    flushAll: flush,
    replicaOf: () => Promise.reject(new Error('A given Redis stays a primary: take `startOwnRedis`.')),
    kill,
    async restart() {
      await restart()
      await flush()
    },
    stop: kill,
  }
}

interface LaunchOptions {
  folder: string
  port: number
  /** Settings of `redis.conf`. */
  more?: Record<string, string | number>
}

/** Starts the process, and resolves when it answers. */
export async function launchRedis({ folder, port, more = {} }: LaunchOptions): Promise<ChildProcess> {
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
    ...more,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  const server = spawn('redis-server', flags, { stdio: 'ignore' })
  const failed = once(server, 'exit').then(() => {
    throw new Error('redis-server ended before it answered. Is it in PATH? `node tooling/bring-redis.ts` brings it.')
  })
  const isAnswered = new AbortController()
  try {
    await Promise.race([failed, answers(port, isAnswered.signal)])
    return server
  } finally {
    isAnswered.abort()
    failed.catch(() => {})
  }
}

/** Resolves when the server answers PONG. */
async function answers(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      return void (await askRedis(port, 'PING'))
    } catch {
      await sleep(20)
    }
  }
}

/** Sends one command over a new connection, in Redis's inline form, so that tooling needs no client library. */
export function askRedis(port: number, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(`${words}\r\n`))
    socket.once('error', reject)
    socket.once('data', (reply) => {
      socket.destroy()
      if (/^[+$:]/.test(reply.toString())) resolve(reply.toString())
      else reject(new Error(`Redis answers ${reply.toString().trim()}`))
    })
    socket.once('close', () => reject(new Error('Redis closed the connection without an answer.')))
  })
}
