import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@brandkit/core'
import * as library from '@electric-sql/pglite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMigratedPglite } from '../../../proofs/fixtures/create-pglite.js'
import { pgBossQueue } from '../../queue/pg-boss/pg-boss-queue.js'
import { memoryStore } from '../memory-store.js'
import { openDataFolder, openInMemory, type PgliteMaker } from './open-data-folder.js'
import { packSnapshot, unpackSnapshot } from './pglite-snapshot.js'

type PGlite = library.PGlite

/** What `pnpm build` makes. Build again after a change of the migrations. */
const BUILT = join(import.meta.dirname, '../../../dist/pglite-snapshot.br')

let place: string
let folder: string
let snapshot: string
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'brandkit-snapshot-'))
  folder = join(place, 'data')
  snapshot = join(place, 'snapshot')
  await mkdir(folder)
})
afterEach(() => rm(place, { recursive: true, force: true }))

/** A folder like that of Postgres, packed. */
async function packSample(): Promise<void> {
  const source = join(place, 'source')
  await mkdir(join(source, 'base/1'), { recursive: true })
  await mkdir(join(source, 'base/5'))
  await mkdir(join(source, 'empty'))
  await writeFile(join(source, 'PG_VERSION'), '18\n')
  await writeFile(join(source, 'base/1/112'), 'a page\0\0')
  await writeFile(join(source, 'base/5/112'), 'a page\0\0\0')
  await writeFile(join(source, 'base/5/113'), '')
  await writeFile(join(source, 'brandkit.lock'), 'of the process that packed it')
  await writeFile(snapshot, packSnapshot(source))
}

async function contentsOf(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const contents = files.map(async (file) => [file.slice(root.length + 1), await readFile(file, 'utf8')] as const)
  return Object.fromEntries(await Promise.all(contents))
}

const SAMPLE = {
  PG_VERSION: '18\n',
  'base/1/112': 'a page\0\0',
  'base/5/112': 'a page\0\0\0',
  'base/5/113': '',
}

describe('a snapshot', () => {
  beforeEach(packSample)

  it('gives a fresh folder every file and folder of the database, and leaves other files there', async () => {
    await writeFile(join(folder, 'brandkit.lock'), 'ours')
    expect(await unpackSnapshot(folder, snapshot)).not.toBeNull()
    expect(await contentsOf(folder)).toEqual({ ...SAMPLE, 'brandkit.lock': 'ours' })
    expect(await readdir(folder)).toContain('empty')
  })

  it.each([['PG_VERSION'], ['base'], ['empty']])('never touches a folder that has %s already', async (name) => {
    await writeFile(join(folder, name), 'of another database')
    expect(await unpackSnapshot(folder, snapshot)).toBeNull()
    expect(await contentsOf(folder)).toEqual({ [name]: 'of another database' })
  })

  it('begins again after a crash that left half of the files', async () => {
    await mkdir(join(folder, 'base'))
    await writeFile(join(folder, 'base/half'), 'of a page')
    await writeFile(join(folder, 'brandkit.unpacking'), '18\n')
    expect(await unpackSnapshot(folder, snapshot)).not.toBeNull()
    expect(await contentsOf(folder)).toEqual(SAMPLE)
  })

  it('is done without when there is none', async () => {
    expect(await unpackSnapshot(folder, join(place, 'missing'))).toBeNull()
    expect(await readdir(folder)).toEqual([])
  })

  it('is done without when it is damaged', async () => {
    await writeFile(snapshot, 'half a download')
    expect(await unpackSnapshot(folder, snapshot)).toBeNull()
    expect(await readdir(folder)).toEqual([])
  })

  it('gives way to a new database when PGlite cannot read it', async () => {
    const found: string[][] = []
    const strange: PgliteMaker = {
      defaultStartParams: [],
      async create(path) {
        found.push((await readdir(path)).toSorted())
        if (found.length === 1) throw new Error('PGlite failed to initialize properly')
        return {} as PGlite
      },
    }
    await writeFile(join(folder, 'brandkit.lock'), 'ours')
    await openDataFolder(strange, folder, snapshot)
    expect(found).toEqual([['PG_VERSION', 'base', 'brandkit.lock', 'empty'], ['brandkit.lock']])
  })
})

describe('a database that PGlite has and cannot read', () => {
  it('is left as it is', async () => {
    await packSample()
    await writeFile(join(folder, 'PG_VERSION'), '11\n')
    const strict: PgliteMaker = {
      defaultStartParams: [],
      create: () => Promise.reject(new Error('of another version')),
    }
    await expect(openDataFolder(strict, folder, snapshot)).rejects.toThrow('of another version')
    expect(await contentsOf(folder)).toEqual({ PG_VERSION: '11\n' })
  })
})

async function query(pglite: PGlite, text: string): Promise<unknown[]> {
  return (await pglite.query(text)).rows
}

/** A migrated database with the tables of pg-boss, which keep no mark after they were opened once. */
async function createWithQueue(): Promise<PGlite> {
  const pglite = await createMigratedPglite()
  await openQueue(pglite)
  return pglite
}

async function openQueue(pglite: PGlite): Promise<void> {
  const queue = pgBossQueue()
  await queue.open({ store: { ...memoryStore(), database: { kind: 'pglite', pglite } }, logger: silentLogger })
  await queue.close()
}

describe('the built snapshot', () => {
  it('holds what the migrations and pg-boss make, in a folder and in memory, and costs 16 MB of cache', async () => {
    const made = await createWithQueue()
    const facts = await Promise.all(FACTS.map((text) => query(made, text)))
    for (const open of [
      () => openDataFolder(library.PGlite, folder, BUILT),
      () => openInMemory(library, 'memory://', BUILT),
    ]) {
      const copied = await open()
      expect(await query(copied, MARK)).toEqual([{ mark: expect.stringContaining('packed with BrandKit') as string }])
      await openQueue(copied)
      expect(await Promise.all(FACTS.map((text) => query(copied, text)))).toEqual(facts)
      expect(await query(copied, MARK)).toEqual([{ mark: null }])
      expect(await query(copied, 'show shared_buffers')).toEqual([{ shared_buffers: '16MB' }])
      expect(await query(copied, 'select datname from pg_database')).toEqual([{ datname: 'postgres' }])
      await copied.close()
    }
    await made.close()
  })

  it('gives way in memory, too, when PGlite cannot read it', async () => {
    const created: object[] = []
    class Strict extends library.PGlite {
      static override async create(_name: object | string = '', options: object = {}): Promise<never> {
        created.push(options)
        throw new Error('PGlite failed to initialize properly')
      }
    }
    const strict = { ...library, PGlite: Strict as unknown as typeof library.PGlite }
    await expect(openInMemory(strict, 'memory://', BUILT)).rejects.toThrow('failed to initialize')
    expect(created.map((options) => 'fs' in options)).toEqual([true, false])
  })

  it('is found by the built code', async () => {
    const built = new URL('../../../dist/store/postgres/pglite-snapshot.js', import.meta.url).href
    const part = (await import(/* @vite-ignore */ built)) as { unpackSnapshot: typeof unpackSnapshot }
    expect(await part.unpackSnapshot(folder)).not.toBeNull()
  })

  it('stays below a megabyte, for every install of this package brings it', async () => {
    expect((await stat(BUILT)).size).toBeLessThan(1_000_000)
  })
})

const MARK = `select obj_description('brandkit_queue'::regnamespace, 'pg_namespace') as mark`

/** Everything that migrations can make: a difference in any of these is a different database. */
const FACTS = [
  `table brandkit_queue.version`,
  `select name, policy, retry_limit, expire_seconds from brandkit_queue.queue`,
  `select number, name from brandkit.migrations order by number`,
  `table brandkit.maintenance`,
  `select nspname from pg_namespace where nspname !~ '^pg_(toast|temp)' order by 1`,
  `select table_name, column_name, ordinal_position, data_type, is_nullable, column_default, generation_expression
     from information_schema.columns where table_schema ~ '^brandkit' order by 1, 3`,
  `select indexdef from pg_indexes where schemaname ~ '^brandkit' order by 1`,
  `select c.relname, c.relkind, c.reloptions, c.reltuples from pg_class c
     join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'brandkit' order by 1`,
  `select conname, pg_get_constraintdef(oid) as definition from pg_constraint
    where connamespace::regnamespace::text ~ '^brandkit' order by 1, 2`,
  `select pg_get_triggerdef(oid) as definition from pg_trigger where not tgisinternal order by 1`,
  `select pg_get_functiondef(oid) as definition from pg_proc where pronamespace::regnamespace::text ~ '^brandkit' order by 1`,
]
