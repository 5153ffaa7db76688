import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/pglite')

/**
 * Makes an empty database in memory. PGlite takes seconds of a core to initialise one, and a fifth of that to load one:
 * so the first test that needs a database leaves it for all others, of this run and of later ones.
 */
export async function createPglite(): Promise<PGlite> {
  const file = join(CACHE, `${await versionOfPglite()}.tar`)
  const snapshot = await readFile(file).catch(() => takeSnapshot(file))
  return PGlite.create({ dataDir: 'memory://', loadDataDir: new Blob([snapshot]) })
}

/** Files of tests that start side by side may each take one: a file is whole when it gets its name. */
async function takeSnapshot(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const pglite = await PGlite.create('memory://')
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
