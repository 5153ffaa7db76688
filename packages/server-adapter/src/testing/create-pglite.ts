import { readFile, writeFile } from 'node:fs/promises'
import { keptPglite } from '@brandkit/tooling/kept-pglite'
import { PGlite } from '@electric-sql/pglite'
import { postgresStore } from '../postgres.js'

/** Makes an empty database in memory, from what the first test has left. */
export async function createPglite(): Promise<PGlite> {
  const file = await keptPglite('empty.tar', async (draft) => writeSnapshot(draft, await PGlite.create('memory://')))
  return await restore('memory://', file)
}

/**
 * The same with the tables of a store, for tests that are about something else than how these are made.
 *
 * @param dataDir an empty folder. Default: in memory
 */
export async function createMigratedPglite(dataDir = 'memory://'): Promise<PGlite> {
  const file = await keptPglite('migrated.tar', async (draft) => writeSnapshot(draft, await createAndMigrate()))
  return await restore(dataDir, file)
}

async function createAndMigrate(): Promise<PGlite> {
  const pglite = await createPglite()
  const store = postgresStore({ pglite })
  await store.open()
  await store.close()
  // Else each database that is loaded from this one repeats the migrations from the log.
  await pglite.exec('checkpoint')
  return pglite
}

async function writeSnapshot(file: string, pglite: PGlite): Promise<void> {
  const dump = await pglite.dumpDataDir('none')
  await pglite.close()
  await writeFile(file, new Uint8Array(await dump.arrayBuffer()))
}

async function restore(dataDir: string, file: string): Promise<PGlite> {
  return await PGlite.create({ dataDir, loadDataDir: new Blob([await readFile(file)]) })
}
