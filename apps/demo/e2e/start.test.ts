import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portOf } from '../server/listen.ts'
import { type Followed, type FollowedStream, followEvents, followSocket, PAYLOAD } from './ask-api.ts'
import { runServer, runWorker, type ServerProcess } from './run-process.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'brandkit-start-'))
const used = path.join(folder, 'used')
const file = path.join(folder, 'file')
writeFileSync(file, '')

const WAIT = { interval: 50 }

let first: ServerProcess
let stream: FollowedStream
let socket: Followed
const occupant = createServer()
beforeAll(async () => {
  first = runServer({ BRANDKIT_DATA: used, BRANDKIT_PACE_MS: '0' })
  await Promise.all([first.listening, new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve))])
})
afterAll(async () => {
  occupant.close()
  await first?.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function signInByCookie(url: string): Promise<string> {
  const session = await fetch(`${url}/api/demo/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'ada' }),
  })
  return session.headers.get('set-cookie')?.split(';')[0] ?? 'no cookie'
}

/** The output of an ended process, and its exit. */
async function startAndFail(env: Record<string, string>): Promise<{ code: unknown; said: string }> {
  const server = runServer({ BRANDKIT_DATA: path.join(folder, 'free'), LOG_LEVEL: 'silent', ...env })
  const code = await server.exited
  return { code, said: server.stdout() + server.stderr() }
}

describe('a demo that cannot start', () => {
  it.each([
    { why: 'a bad PORT', env: () => ({ PORT: 'http' }), says: /^PORT is "http"; .*\.\n$/ },
    { why: 'a port in use', env: () => ({ PORT: String(portOf(occupant)) }), says: /^Port \d+ is in use; .*\.\n$/ },
    {
      why: 'a folder that cannot be written',
      env: () => ({ BRANDKIT_DATA: path.join(file, 'x') }),
      says: /^The data folder .* cannot be written .*\.\n$/,
    },
    {
      why: 'a folder that another process has open',
      env: () => ({ BRANDKIT_DATA: used }),
      says: /^[^\n]*(in use|open)[^\n]*\.\n$/,
    },
    {
      why: 'a DATABASE_URL that is none',
      env: () => ({ DATABASE_URL: 'mysql://root:secret@localhost/x' }),
      says: /^DATABASE_URL is not a Postgres address; .*\.\n$/,
    },
    {
      why: 'a database that does not answer',
      env: () => ({ DATABASE_URL: 'postgres://user:secret@127.0.0.1:1/x' }),
      says: /^The database at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\); .*\.\n$/,
    },
  ])('says so in one sentence and exits with 1: $why', async ({ env, says }) => {
    const { code, said } = await startAndFail(env())
    expect(said).toMatch(says)
    expect(said).not.toContain('secret')
    expect(code).toBe(1)
  })
})

describe('a worker that cannot start', () => {
  const DATABASE_URL = 'postgres://user:secret@127.0.0.1:1/x'
  const QSTASH = {
    QSTASH_TOKEN: 'secret',
    QSTASH_CURRENT_SIGNING_KEY: 'secret',
    QSTASH_NEXT_SIGNING_KEY: 'secret',
    PUBLIC_URL: 'https://studio.example',
  }

  it.each([
    { why: 'the embedded database', env: {}, says: /^A worker needs DATABASE_URL, because [^\n]*\.\n$/ },
    { why: 'QStash', env: { DATABASE_URL, ...QSTASH }, says: /^With QSTASH_TOKEN a worker has nothing to do, .*\.\n$/ },
    {
      why: 'Redis alone',
      env: { REDIS_URL: 'redis://:secret@127.0.0.1' },
      says: /^REDIS_URL needs DATABASE_URL, .*\.\n$/,
    },
    {
      why: 'a database that does not answer',
      env: { DATABASE_URL },
      says: /^The database at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\); .*\.\n$/,
    },
  ])('says so in one sentence and exits with 1: on $why', async ({ env, says }) => {
    const worker = runWorker({ LOG_LEVEL: 'silent', ...env })
    expect(await worker.exited).toBe(1)
    expect(worker.stdout() + worker.stderr()).toMatch(says)
    expect(worker.stderr()).not.toContain('secret')
  })
})

describe('a demo that runs', () => {
  it('streams events to whoever is signed in by cookie, over HTTP and as a WebSocket, packed by nobody', async () => {
    const url = await first.listening
    expect((await fetch(`${url}/api/jobs?action=events`)).status).toBe(401)
    await expect(followSocket(url, { path: '/api/jobs?action=events', cookie: '' })).rejects.toThrow('No WebSocket')

    const cookie = await signInByCookie(url)
    await expect(followSocket(url, { path: '/elsewhere', cookie })).rejects.toThrow('No WebSocket')
    stream = await followEvents(url, cookie)
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(stream.headers.get('cache-control')).toContain('no-transform')
    expect(stream.headers.get('content-encoding')).toBeNull()
    socket = await followSocket(url, { path: '/api/jobs?action=events', cookie })

    const created = await fetch(`${url}/api/jobs?action=create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ type: 'GENERATE_MEDIA_PLAN', brandId: 'aurora', payload: PAYLOAD }),
    })
    const { task } = (await created.json()) as { task: { taskId: string } }
    for (const { text } of [stream, socket]) {
      await expect.poll(text, WAIT).toMatch(new RegExp(`"taskId":"${task.taskId}".*"status":"completed"`))
    }
  })

  it('answers, logs JSON with the seed’s prefixes, and stops in peace on SIGTERM, sending its readers away', async () => {
    const url = await first.listening
    expect((await fetch(`${url}/api/health`)).status).toBe(200)
    await fetch(`${url}/api/jobs?action=list`)
    const lines = first
      .stderr()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string; traceId?: string })
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: '[API/Jobs] Received request with action: list',
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      }),
    )
    expect(await first.end('SIGTERM')).toBe(0)
    await Promise.all([stream.ended, socket.ended])
    expect(stream.text()).toMatch(/event: ?reconnect/)
    expect(socket.text()).toContain('"event":"reconnect"')
  })
})
