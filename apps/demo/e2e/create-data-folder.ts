import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'

/**
 * Makes a folder with an empty database in it. PGlite takes three seconds of a core to initialise one, so the first test
 * that needs a database leaves a copy for the others.
 */
export async function createDataFolder(): Promise<string> {
  const original = path.join(import.meta.dirname, `../node_modules/.cache/pglite-${versionOfPglite()}`)
  if (!existsSync(original)) await initialise(original)
  const folder = await mkdtemp(path.join(tmpdir(), 'brandkit-demo-'))
  await cp(original, folder, { recursive: true })
  return folder
}

/** Files of tests that run side by side may each make one: a folder is whole when it gets its name. */
async function initialise(folder: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true })
  const draft = `${folder}.${randomUUID()}`
  const pglite = await PGlite.create(draft)
  await pglite.close()
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }))
}

/** Another version may hold another Postgres, which does not read this one's files. */
function versionOfPglite(): string {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('@electric-sql/pglite')
  const { version } = require(path.join(path.dirname(entry), '../package.json')) as { version: string }
  return version
}
