import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const CACHE = join(import.meta.dirname, 'node_modules/.cache/pglite')
const STORE = join(import.meta.dirname, '../packages/server-adapter')

/**
 * A database that the first test makes and all other tests use, in this run and in later ones. PGlite takes seconds of a
 * core to initialise a database, and a fifth of that to load one.
 *
 * @param name of the file or folder that holds the database
 * @param make called with the path of a draft that does not exist yet; not called when the database exists
 * @returns the path of the database. Tests share it: copy it before writing to it
 */
export async function keptPglite(name: string, make: (draft: string) => Promise<void>): Promise<string> {
  const path = join(CACHE, await databaseKey(), name)
  if (existsSync(path)) return path
  await mkdir(dirname(path), { recursive: true })
  // Parallel tests may each make a database; renaming the finished draft makes it visible at once.
  const draft = `${path}.${randomUUID()}`
  await make(draft)
  await rename(draft, path).catch((error: unknown) => {
    if (!existsSync(path)) throw error
    return rm(draft, { recursive: true })
  })
  return path
}

/**
 * A key that changes with PGlite, since another version may hold a Postgres that cannot read the files. It also changes
 * with the files of the schema, so that no test meets tables of an older schema.
 */
async function databaseKey(): Promise<string> {
  const entry = createRequire(join(STORE, 'package.json')).resolve('@electric-sql/pglite')
  const { version } = JSON.parse(await readFile(join(dirname(entry), '../package.json'), 'utf8')) as { version: string }
  const hash = createHash('sha256')
  for (const file of ['migrate.ts', 'migrations.ts']) {
    hash.update(await readFile(join(STORE, 'src/store/postgres', file)))
  }
  return `${version}-${hash.digest('hex').slice(0, 16)}`
}
