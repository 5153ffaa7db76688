import { postgresStore } from '@brandkit/server-adapter/postgres'
import { keptPglite } from '@brandkit/tooling/kept-pglite'
import { PGlite } from '@electric-sql/pglite'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Part from './src/store/postgres/pglite-snapshot.js'

// No door leads to this file, so its types come from its source.
const part: typeof Part = await import(new URL('dist/store/postgres/pglite-snapshot.js', import.meta.url).href)

/**
 * Packs a database that the migrations have just made, for the build: `dist` starts a fresh folder from it. It is kept until
 * the migrations or PGlite change.
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
    await store.close()
    for (const tidy of ['checkpoint', 'select pg_switch_wal()', 'checkpoint']) await pglite.exec(tidy)
    await pglite.close()
    await writeFile(draft, part.packSnapshot(folder))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
// The doors share the code that reads it, so the build puts that code into a chunk, and chunks lie here.
await copyFile(packed, join(import.meta.dirname, 'dist/pglite-snapshot.br'))
