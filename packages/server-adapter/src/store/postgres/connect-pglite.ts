import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, realpath } from 'node:fs/promises'
import { TaskError } from '@brandkit/core'

import { Kysely, PGliteDialect } from 'kysely'
import { type Connection, importDriver, type PgliteInstance } from './connection.js'
import { removeListener, renewListener } from './listeners.js'
import { openDataFolder, openInMemory } from './open-data-folder.js'
import { lockFolder } from './pglite-lock.js'
import { keepStatements } from './pglite-statements.js'
import { holdPglite } from './shared-pglite.js'
import { executeOn } from './statement.js'

/** Opens a database in memory, which is lost when this process ends. */
export async function openPgliteInMemory(name: string): Promise<Connection> {
  const library = await importPglite()
  const pglite = await openInMemory(library, name)
  return connectPglite(pglite, {
    exclusive: true,
    close: () => pglite.close(),
    fast: keepStatements(pglite, library),
  })
}

/** Opens a folder (absolute) as this process's own database, or joins the instance that this process has open. */
export async function openPglite(folder: string): Promise<Connection> {
  const library = await importPglite()
  await assertWritable(folder)
  const path = await realpath(folder)
  const { pglite, isFirst, release } = await holdPglite(path, async () => {
    const unlock = await lockFolder(path)
    try {
      return { pglite: await openDataFolder(library.PGlite, path), unlock }
    } catch (error) {
      await unlock()
      throw new TaskError(
        'store_unavailable',
        `The data folder ${path} holds no database that PGlite can open. Choose an empty folder, or restore this one from a backup.`,
        { cause: error, retryable: false },
      )
    }
  })
  return connectPglite(pglite, { exclusive: isFirst, close: release, fast: keepStatements(pglite, library) })
}

/** Works on an instance that the app has made and will close. */
export function borrowPglite(pglite: PgliteInstance): Connection {
  return connectPglite(pglite, { exclusive: false, close: async () => {}, fast: pglite })
}

function connectPglite(
  pglite: PgliteInstance,
  { exclusive, close, fast }: Pick<Connection, 'exclusive' | 'close'> & { fast: PgliteInstance },
): Connection {
  const database = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite: fast }) })
  const listener = randomUUID()
  return {
    database,
    patient: database,
    handle: { kind: 'pglite', pglite },
    exclusive,
    listener,
    listen({ channel, onMessage, onState }) {
      const listening = pglite.listen(channel, onMessage)
      // Other stores of this process may share the instance.
      const joined = listening.then(() => renewListener(executeOn(database), listener))
      joined.then(
        () => onState('live'),
        () => onState('lost'),
      )
      return async () => {
        const stop = await listening.catch(() => null)
        await joined.catch(() => {})
        if (pglite.closed) return
        await stop?.()
        await removeListener(executeOn(database), listener)
      }
    },
    close,
  }
}

function importPglite() {
  return importDriver('@electric-sql/pglite', () => import('@electric-sql/pglite'))
}

async function assertWritable(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
    await access(path, constants.W_OK)
  } catch (error) {
    throw new TaskError(
      'store_unavailable',
      `The data folder ${path} cannot be written. Change its permissions, or choose another folder.`,
      {
        cause: error,
        retryable: false,
      },
    )
  }
}
