import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@brandkit/tooling/free-port'

export interface TestPgBouncer {
  /** The address of the same database through the pooler. */
  through(connectionString: string): string
  /** Ends the pooler and removes its files. */
  stop(): Promise<void>
}

/**
 * Starts a real PgBouncer in transaction mode in front of a Postgres server, on a free port of 127.0.0.1. A client holds a
 * server connection for one transaction only. Needs `pgbouncer` in PATH or in /usr/sbin.
 */
export async function startPgBouncer(serverUrl: string): Promise<TestPgBouncer> {
  const { hostname, port: serverPort, username, password } = new URL(serverUrl)
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-pgbouncer-'))
  // PgBouncer refuses to run as root; the user that it switches to must be able to read the files.
  await chmod(folder, 0o755)
  const port = await freePort()
  const settings = join(folder, 'pgbouncer.ini')
  await writeFile(
    settings,
    [
      '[databases]',
      `* = host=${hostname} port=${serverPort} user=${username} password=${password}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = any',
      'pool_mode = transaction',
      'max_client_conn = 500',
      'default_pool_size = 20',
      '',
    ].join('\n'),
  )
  const pooler = await launch({ settings, port })

  return {
    through(connectionString) {
      const url = new URL(connectionString)
      url.port = String(port)
      return url.href
    },
    async stop() {
      if (pooler.exitCode === null && pooler.signalCode === null) {
        const gone = once(pooler, 'exit')
        pooler.kill('SIGKILL')
        await gone
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function launch({ settings, port }: { settings: string; port: number }): Promise<ChildProcess> {
  const isRoot = process.getuid?.() === 0
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`
  const flags = ['-q', ...(isRoot ? ['-u', 'nobody'] : []), settings]
  const pooler = spawn('pgbouncer', flags, { stdio: 'ignore', env: { ...process.env, PATH: path } })
  const failed = once(pooler, 'exit').then(() => {
    throw new Error('pgbouncer ended before it answered. Is it installed? `node tooling/bring-pgbouncer.ts` brings it.')
  })
  const isAnswered = new AbortController()
  try {
    await Promise.race([failed, answers(port, isAnswered.signal)])
    return pooler
  } finally {
    isAnswered.abort()
    failed.catch(() => {})
  }
}

/** Resolves as soon as the port is open. */
async function answers(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const socket = connect({ port, host: '127.0.0.1' })
    try {
      await once(socket, 'connect')
      return
    } catch {
      await sleep(20)
    } finally {
      socket.destroy()
    }
  }
}
