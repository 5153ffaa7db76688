import { silentLogger } from '@brandkit/core'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { keptPglite } from '@brandkit/tooling/kept-pglite'
import { PGlite } from '@electric-sql/pglite'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getConstructionPlans } from 'pg-boss'
import type * as Snapshot from './src/store/postgres/pglite-snapshot.js'
import type * as Tables from './src/queue/pg-boss/packed-tables.js'

// No door leads to these files, so their types come from their sources.
const { packSnapshot }: typeof Snapshot = await importPart('store/postgres/pglite-snapshot.js')
const { markPackedTables }: typeof Tables = await importPart('queue/pg-boss/packed-tables.js')

/** The templates of new databases are two thirds of the files, and a PGlite has one database. */
const TIDYING = [
  'update pg_database set datistemplate = false',
  'drop database template0',
  'drop database template1',
  'checkpoint',
  'select pg_switch_wal()',
  'checkpoint',
]

/** The schema of a `pgBossQueue` without options. */
const QUEUE_SCHEMA = 'brandkit_queue'

/**
 * Packs a database that the migrations and pg-boss have just made, for the build: `dist` starts a fresh database from it. It
 * is kept until the migrations, PGlite or pg-boss change.
 */
const packed = await keptPglite('snapshot.br', async (draft) => {
  // The tests need the same empty database.
  const empty = await keptPglite('empty.tar', async (file) => {
    const pglite = await PGlite.create('memory://')
    const dump = await pglite.dumpDataDir('none')
    await pglite.close()
    await writeFile(file, new Uint8Array(await dump.arrayBuffer()))
  })
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-snapshot-'))
  try {
    const pglite = await PGlite.create(folder, {
      loadDataDir: new Blob([await readFile(empty)]),
      // A recycled piece of the log would carry the bytes of its past.
      startParams: [...PGlite.defaultStartParams, '-c', 'wal_recycle=off'],
    })
    const store = postgresStore({ pglite, migrate: 'auto' })
    await store.open()
    const queue = pgBossQueue({ schema: QUEUE_SCHEMA })
    await queue.open({ store, logger: silentLogger })
    await queue.close()
    await store.close()
    await markPackedTables({
      query: (text, parameters) => pglite.query(text, parameters),
      schema: QUEUE_SCHEMA,
      plans: getConstructionPlans(QUEUE_SCHEMA),
    })
    for (const tidy of TIDYING) await pglite.exec(tidy)
    await pglite.close()
    await writeFile(draft, packSnapshot(folder))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
// The doors share the code that reads it, so the build puts that code into a chunk, and chunks lie here.
await copyFile(packed, join(import.meta.dirname, 'dist/pglite-snapshot.br'))

async function importPart<Part>(file: string): Promise<Part> {
  return (await import(new URL(`dist/${file}`, import.meta.url).href)) as Part
}
