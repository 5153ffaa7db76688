import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assertCanRun, embeddedPostgres, killPostgres } from '@brandkit/tooling/embedded-postgres'
import { freePort } from '@brandkit/tooling/free-port'

export interface TestPostgres {
  /** The address of the administrative database. `createDatabase` gives tests a database of their own. */
  connectionString: string
  /** The server's files, which tests may copy while the server is stopped. */
  dataFolder: string
  /** Makes a fresh, empty database; resolves to its connection string. */
  createDatabase(): Promise<string>
  /** Shuts the server down and removes its files. */
  stop(): Promise<void>
  /** Ends the server as a crash would: connections break, and no more data is written. Its files stay for `restart`. */
  kill(): Promise<void>
  /** Starts the server again on the same port, after `kill` or while it runs. */
  restart(): Promise<void>
}

/** Starts a real Postgres for tests, on a free port of 127.0.0.1, with files in a temporary folder. */
export async function startPostgres(): Promise<TestPostgres> {
  await assertCanRun()
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-postgres-'))
  // Postgres refuses to run as root; the package then runs it as a user `postgres`, who must have access to the folder.
  await chmod(folder, 0o755)
  const port = await freePort()
  const password = randomUUID()
  const dataFolder = join(folder, 'data')
  const server = embeddedPostgres({ dataFolder, port, password })
  const urlOf = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`
  const kill = () => killPostgres(server)

  async function stop(): Promise<void> {
    await kill()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }

  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await stop()
    throw new Error('The test Postgres did not start.', { cause: error })
  }
  return {
    connectionString: urlOf('postgres'),
    dataFolder,
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
