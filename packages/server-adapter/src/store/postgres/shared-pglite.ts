import { processWide } from '../../process-wide.js'
import type { NamingPglite } from './pglite-statements.js'

/** An open data folder, and the function that unlocks it. */
export interface OpenFolder {
  pglite: NamingPglite
  unlock: () => Promise<void>
}

interface Entry {
  opening: Promise<OpenFolder>
  holders: number
  /** Set by the last holder. */
  closing?: Promise<void>
}

export interface Held {
  pglite: NamingPglite
  /** Whether this is the first holder in the process. */
  isFirst: boolean
  release: () => Promise<void>
}

/**
 * Opens a folder once per process, counts the holders, and closes it with the last one. A second holder is another copy of
 * the same app, and a second instance would destroy the data of the first.
 *
 * Servers are not shared: more pools do no harm there, and stores on one URL are independent, like processes.
 *
 * @param path the real path of the folder
 */
export async function holdPglite(path: string, open: () => Promise<OpenFolder>): Promise<Held> {
  const entries = processWide<Entry>('pglite/1')
  const current = entries.get(path)
  if (current?.closing) {
    await current.closing
    return holdPglite(path, open)
  }
  const entry = current ?? { opening: open(), holders: 0 }
  entries.set(path, entry)
  entry.holders += 1
  let released = false

  async function close(): Promise<void> {
    const opened = await entry.opening.catch(() => null)
    try {
      await opened?.pglite.close()
      await opened?.unlock()
    } finally {
      entries.delete(path)
    }
  }

  async function release(): Promise<void> {
    if (released) return
    released = true
    entry.holders -= 1
    if (entry.holders === 0) await (entry.closing = close())
  }

  try {
    const { pglite } = await entry.opening
    return { pglite, isFirst: !current, release }
  } catch (error) {
    await release()
    throw error
  }
}
