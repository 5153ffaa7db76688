import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portOf } from '../server/listen.ts'
import { runServer, type ServerProcess } from './run-server.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'brandkit-start-'))
const used = path.join(folder, 'used')
const file = path.join(folder, 'file')
writeFileSync(file, '')

let first: ServerProcess
const occupant = createServer()
beforeAll(async () => {
  first = runServer({ BRANDKIT_DATA: used })
  await Promise.all([first.listening, new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve))])
})
afterAll(async () => {
  occupant.close()
  await first?.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Everything that the process said before it ended, and how it ended. */
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

describe('a demo that runs', () => {
  it('answers, logs JSON with the seed’s prefixes, and stops in peace on SIGTERM', async () => {
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
  })
})
