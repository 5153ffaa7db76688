import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { postgresStore } from '../postgres.js'

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/pglite')
const SCHEMA = join(import.meta.dirname, '../store/postgres')

/**
 * Makes an empty database in memory. PGlite takes seconds of a core to initialise one, and a fifth of that to load one:
 * so the first test that needs a database leaves it for all others, of this run and of later ones.
 */
export async function createPglite(): Promise<PGlite> {
  const name = await versionOfPglite()
  return restore('memory://', await snapshotOf(name, () => PGlite.create('memory://')))
}

/**
 * The same with the tables of a store, for tests that are about something else than how these are made.
 *
 * @param dataDir an empty folder. Default: in memory
 */
export async function createMigratedPglite(dataDir = 'memory://'): Promise<PGlite> {
  const name = `${await versionOfPglite()}-${await schemaKey()}`
  return restore(dataDir, await snapshotOf(name, createAndMigrate))
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

/** Changes with the files that make the schema, so that no test meets the tables of an older one. */
async function schemaKey(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of ['migrate.ts', 'migrations.ts']) hash.update(await readFile(join(SCHEMA, file)))
  return hash.digest('hex').slice(0, 16)
}

function restore(dataDir: string, snapshot: Uint8Array<ArrayBuffer>): Promise<PGlite> {
  return PGlite.create({ dataDir, loadDataDir: new Blob([snapshot]) })
}

function snapshotOf(name: string, create: () => Promise<PGlite>): Promise<Uint8Array<ArrayBuffer>> {
  const file = join(CACHE, `${name}.tar`)
  return readFile(file).catch(async () => takeSnapshot(file, await create()))
}

/** Files of tests that start side by side may each take one: a file is whole when it gets its name. */
async function takeSnapshot(file: string, pglite: PGlite): Promise<Uint8Array<ArrayBuffer>> {
  const dump = await pglite.dumpDataDir('none')
  await pglite.close()
  const snapshot = new Uint8Array(await dump.arrayBuffer())
  await mkdir(CACHE, { recursive: true })
  const unfinished = `${file}.${crypto.randomUUID()}`
  await writeFile(unfinished, snapshot)
  await rename(unfinished, file)
  return snapshot
}

/** Another version of PGlite may hold another Postgres, which does not read this one's files. */
async function versionOfPglite(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const { version } = JSON.parse(await readFile(join(dirname(entry), '../package.json'), 'utf8')) as { version: string }
  return version
}
