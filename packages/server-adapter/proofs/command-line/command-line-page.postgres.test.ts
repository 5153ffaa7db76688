import { readCommands } from '@brandkit/tooling/read-fences'
import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { toNode } from '../../src/integrations/node.js'
import { memoryQueue } from '../../src/memory.js'
import { postgresStore } from '../../src/store/postgres/postgres-store.js'
import { listen } from '../fixtures/listen.js'
import { keepSampleServers } from '../fixtures/sample-servers.js'
import { createReport, makeReport } from '../fixtures/sample-tasks.js'
import { runBin } from './run-bin.js'

const PAGES = ['docs/deploy/command-line.md', 'docs/deploy/migrations.md', 'packages/server-adapter/README.md']
const COMMAND = /^npx @brandkit\/server-adapter (.+)$/

const { started } = keepSampleServers()
let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

it('every command of the pages ends with 0, in the order of an operator', async () => {
  const lines = PAGES.flatMap(readCommands).flatMap((command) => COMMAND.exec(command)?.[1] ?? [])
  const commands = [...new Set(lines)].map((line) => line.split(' '))
  const [migrating, others] = [
    commands.filter(([name]) => name === 'migrate'),
    commands.filter(([name]) => name !== 'migrate'),
  ]
  expect(commands).toHaveLength(8)

  const database = await postgres.createDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-page-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const dotenv = join(folder, '.env')
  await writeFile(dotenv, `DATABASE_URL=${database}\n`)
  for (const args of migrating)
    expect(await runBin(args, { DATABASE_URL: database })).toMatchObject({ code: 0, stderr: '' })

  const store = postgresStore({ database, migrate: 'check' })
  const server = await started(makeReport, { store, queue: memoryQueue(), allowedOrigins: ['https://app.example'] })
  const taskId = await createReport(server)
  const { origin, close } = await listen(createServer(toNode(server)))
  onTestFinished(close)
  const run = async (args: readonly string[]) => {
    // The page's examples of places, as those of this test.
    const own = args.map((arg) =>
      arg
        .replace('http://localhost:3000', origin)
        .replace(/^\.env$/, dotenv)
        .replace(/^[\da-f-]{36}$/, taskId),
    )
    return { args, run: await runBin(own, args.includes('--dotenv') ? {} : { DATABASE_URL: database }) }
  }
  for (const { args, run: ended } of await Promise.all(others.map(run))) {
    expect({ args, ...ended }).toMatchObject({ args, code: 0, stderr: '' })
  }
})
