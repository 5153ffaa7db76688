import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { keptPath } from '@brandkit/tooling/kept-path'

const STORE = join(import.meta.dirname, '../packages/server-adapter')
/** What a kept database is made by. */
const FILES = [
  'pack-snapshot.ts',
  ...['migrate.ts', 'migrations.ts', 'plan-migrations.ts', 'pglite-snapshot.ts'].map((file) =>
    join('src/store/postgres', file),
  ),
  ...['open-pg-boss.ts', 'packed-tables.ts'].map((file) => join('src/queue/pg-boss', file)),
]

/**
 * A kept database of PGlite (see `keptPath`), because PGlite takes seconds of a core to initialise a database, and a fifth
 * of that to load one.
 *
 * @param name of the file or folder that holds the database
 */
export async function keptPglite(name: string, make: (draft: string) => Promise<void>): Promise<string> {
  return keptPath(join('pglite', await databaseKey(), name), make)
}

/**
 * A key that changes with PGlite, since another version may hold a Postgres that cannot read the files. It also changes
 * with pg-boss and with the files that make the database, so that no test meets tables of an older schema.
 */
async function databaseKey(): Promise<string> {
  const versions = await Promise.all(['@electric-sql/pglite', 'pg-boss'].map(versionOf))
  const hash = createHash('sha256')
  for (const file of FILES) hash.update(await readFile(join(STORE, file)))
  return `${versions.join('-')}-${hash.digest('hex').slice(0, 16)}`
}

async function versionOf(library: string): Promise<string> {
  const entry = createRequire(join(STORE, 'package.json')).resolve(library)
  const { version } = JSON.parse(await readFile(join(dirname(entry), '../package.json'), 'utf8')) as { version: string }
  return version
}
