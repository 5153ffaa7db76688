import { EventEmitter, once } from 'node:events'
import { appendFile, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { copyData, embeddedPostgres, killPostgres } from '@brandkit/tooling/embedded-postgres'
import { freePort } from '@brandkit/tooling/free-port'
import type { TestPostgres } from '@brandkit/tooling/postgres'

export interface TestStandby {
  port: number
  /**
   * A planned failover. The primary becomes read-only and stays up with all its connections; the standby receives the
   * remaining changes and becomes the primary.
   */
  promote(): Promise<void>
  /** Shuts the server down and removes its files. */
  stop(): Promise<void>
}

/** Starts a real streaming replica of `primary`, which is restarted for it. The replica answers reads and refuses writes. */
export async function startStandby(primary: TestPostgres): Promise<TestStandby> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-standby-'))
  await chmod(folder, 0o755)
  const dataFolder = join(folder, 'data')
  const { password, port: primaryPort } = new URL(primary.connectionString)
  const port = await freePort()
  const log = new EventEmitter()
  const standby = embeddedPostgres({
    dataFolder,
    port,
    password,
    onLog: (line) => void (line.includes('ready to accept read-only connections') && log.emit('readable')),
  })
  const onPrimary = embeddedPostgres({ dataFolder: primary.dataFolder, port: Number(primaryPort), password })

  await primary.kill()
  await copyData(primary.dataFolder, dataFolder)
  await rm(join(dataFolder, 'postmaster.pid'), { force: true })
  await writeFile(join(dataFolder, 'standby.signal'), '')
  await appendFile(
    join(dataFolder, 'postgresql.auto.conf'),
    [
      `primary_conninfo = 'host=127.0.0.1 port=${primaryPort} user=postgres password=${password}'`,
      // The default is five seconds between two searches for the primary.
      `wal_retrieve_retry_interval = '100ms'`,
      '',
    ].join('\n'),
  )
  await primary.restart()
  const isReadable = once(log, 'readable')
  // `start` resolves only after a promotion, or rejects.
  await Promise.race([isReadable, standby.start()])

  return {
    port,
    async promote() {
      await query(onPrimary, 'alter system set default_transaction_read_only = on')
      const [{ end }] = (await query(onPrimary, 'select pg_reload_conf(), pg_current_wal_lsn() as end')) as [
        { end: string },
      ]
      const isComplete = async () =>
        (
          (await query(standby, `select pg_last_wal_replay_lsn() >= '${end}' as complete`)) as [{ complete: boolean }]
        )[0].complete
      while (!(await isComplete())) await sleep(20)
      await query(standby, 'select pg_promote()')
    },
    async stop() {
      await killPostgres(standby)
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function query(server: ReturnType<typeof embeddedPostgres>, text: string): Promise<unknown[]> {
  const client = server.getPgClient('postgres', '127.0.0.1')
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
