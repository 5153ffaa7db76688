import type { PGlite as Instance } from '@electric-sql/pglite'
import { unpackSnapshot } from './pglite-snapshot.js'
import { PLANNING } from './session-settings.js'

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
 * The settings of a session that only we use. `PLANNING` lets it keep the plans of frequent statements.
 *
 * Postgres would take 128 MB for its cache of pages, and PGlite fills them at start. The operating system caches the same
 * files: a page outside of the small cache is read from its memory, and seldom from the disk.
 */
export function withOwnSettings({ defaultStartParams }: Pick<PgliteMaker, 'defaultStartParams'>) {
  const settings = { shared_buffers: '16MB', ...PLANNING }
  return {
    startParams: [
      ...defaultStartParams,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  }
}
