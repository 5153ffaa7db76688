import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { embeddedPostgres, INITDB_FLAGS } from '@brandkit/tooling/embedded-postgres'

interface PostgresTemplate {
  /** What `initdb` makes, for a copy: no server runs on these files. */
  dataFolder: string
  /** Of the user `postgres` in every copy. Nobody but us may read it: that user runs programs. */
  password: string
}

const MODULES = join(import.meta.dirname, 'node_modules')
const CACHE = join(MODULES, '.cache')

/** A new cluster takes `initdb` half a second of a core, and a copy a tenth of that: so it is made once, and kept. */
export async function postgresTemplate(): Promise<PostgresTemplate> {
  return (await readTemplate()) ?? (await makeTemplate())
}

async function readTemplate(): Promise<PostgresTemplate | undefined> {
  const folder = await templateFolder()
  try {
    return { dataFolder: join(folder, 'data'), password: await readFile(join(folder, 'password'), 'utf8') }
  } catch {
    return undefined
  }
}

async function makeTemplate(): Promise<PostgresTemplate> {
  await mkdir(CACHE, { recursive: true })
  const folder = await mkdtemp(join(CACHE, 'postgres-'))
  try {
    // As root `initdb` runs as another user, who must be able to enter.
    await chmod(folder, 0o755)
    const password = randomUUID()
    await embeddedPostgres({ dataFolder: join(folder, 'data'), port: 0, password }).initialise()
    await writeFile(join(folder, 'password'), password, { mode: 0o600 })
    // Complete, or not there. Of two processes that make one at the same time, the second takes the first one's.
    await rename(folder, await templateFolder()).catch(() => rm(folder, { recursive: true }))
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  const template = await readTemplate()
  if (!template) throw new Error(`The Postgres template could not be put into ${CACHE}.`)
  return template
}

/** Another version, user, language or flag is another template. */
async function templateFolder(): Promise<string> {
  const { LANG, LC_ALL, LC_COLLATE, LC_CTYPE } = process.env
  const release = await readFile(join(MODULES, 'embedded-postgres/package.json'), 'utf8')
  const ingredients = JSON.stringify([release, await owner(), INITDB_FLAGS, LANG, LC_ALL, LC_COLLATE, LC_CTYPE])
  return join(CACHE, `postgres-${createHash('sha256').update(ingredients).digest('hex').slice(0, 12)}`)
}

/** Who runs Postgres. `initialise` makes that user on a machine which has none yet, so a cache from elsewhere is no use. */
async function owner(): Promise<string | undefined> {
  const name = userInfo().uid === 0 ? ['postgres'] : []
  return promisify(execFile)('id', ['-u', ...name]).then(
    ({ stdout }) => stdout,
    () => undefined,
  )
}
