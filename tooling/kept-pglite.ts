import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const CACHE = join(import.meta.dirname, 'node_modules/.cache/pglite')
const STORE = join(import.meta.dirname, '../packages/server-adapter')

/**
 * A database that the first test makes and leaves for all others, of this run and of later ones: PGlite takes seconds of a
 * core to initialise one, and a fifth of that to load one.
 *
 * @param name of the file or folder that holds it
 * @param make called with the path of a draft, which does not exist yet, unless it was made before
 * @returns its path. It is read by others: copy it before anything writes to it
 */
export async function keptPglite(name: string, make: (draft: string) => Promise<void>): Promise<string> {
  const path = join(CACHE, await databaseKey(), name)
  if (existsSync(path)) return path
  await mkdir(dirname(path), { recursive: true })
  // Tests that start side by side may each make one: it is whole when it gets its name.
  const draft = `${path}.${randomUUID()}`
  await make(draft)
  await rename(draft, path).catch((error: unknown) => {
    if (!existsSync(path)) throw error
    return rm(draft, { recursive: true })
  })
  return path
}

/**
 * Changes with PGlite, since another version may hold another Postgres, which does not read this one's files; and with the
 * files that make the schema, so that no test meets the tables of an older one.
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
