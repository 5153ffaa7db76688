import type * as Library from '@electric-sql/pglite'
import { readSnapshot, type Snapshot, unpackSnapshot } from './pglite-snapshot.js'
import { PLANNING } from './session-settings.js'

type Instance = Library.PGlite

/** PGlite expects the files of its database here. */
const FOLDER_IN_MEMORY = '/pglite/data/'

/** What we need of the class `PGlite`. */
export interface PgliteMaker {
  defaultStartParams: readonly string[]
  create(place: string, options: { startParams: string[] }): Promise<Instance>
}

/**
 * Opens a folder in which PGlite keeps its files, or makes a database in it.
 *
 * A fast start: a fresh folder begins as a copy of the migrated database that was built with this package. If the copy is
 * missing, or this version of PGlite cannot read it, PGlite makes a database, and the migrations make its tables.
 *
 * @param snapshot the file of the copy. Default: the built one
 */
export async function openDataFolder(PGlite: PgliteMaker, folder: string, snapshot?: string): Promise<Instance> {
  const empty = await unpackSnapshot(folder, snapshot)
  try {
    return await PGlite.create(folder, withOwnSettings(PGlite))
  } catch (error) {
    if (!empty) throw error
    empty()
    return await PGlite.create(folder, withOwnSettings(PGlite))
  }
}

/**
 * Opens a database that only this process's memory holds. It begins as the same copy, for the same reason.
 *
 * @param snapshot the file of the copy. Default: the built one
 */
export async function openInMemory(
  { PGlite, MemoryFS }: Pick<typeof Library, 'PGlite' | 'MemoryFS'>,
  name: string,
  snapshot?: string,
): Promise<Instance> {
  const packed = await readSnapshot(snapshot)
  if (packed) {
    try {
      return await PGlite.create(name, { fs: filledWith(packed, MemoryFS), ...withOwnSettings(PGlite) })
    } catch {
      // Another version of PGlite, which makes its own below.
    }
  }
  return await PGlite.create(name, withOwnSettings(PGlite))
}

function filledWith({ folders, files }: Snapshot, MemoryFS: typeof Library.MemoryFS) {
  return new (class extends MemoryFS {
    /** PGlite calls this before it looks for a database. */
    override async initialSyncFs(): Promise<void> {
      if (!this.pg) return
      const { FS } = this.pg.Module
      for (const path of ['', ...folders]) FS.mkdirTree(FOLDER_IN_MEMORY + path, 0o700)
      for (const { path, size, bytes } of files) {
        FS.writeFile(FOLDER_IN_MEMORY + path, bytes)
        if (size > bytes.length) FS.truncate(FOLDER_IN_MEMORY + path, size)
      }
    }
  })()
}

/**
 * The settings of a session that only we use. `PLANNING` lets it keep the plans of frequent statements.
 *
 * Postgres would take 128 MB for its cache of pages, and PGlite fills them at start. The operating system caches the same
 * files: a page outside of the small cache is read from its memory, and seldom from the disk.
 */
function withOwnSettings({ defaultStartParams }: Pick<PgliteMaker, 'defaultStartParams'>) {
  const settings = { shared_buffers: '16MB', ...PLANNING }
  return {
    startParams: [
      ...defaultStartParams,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  }
}
