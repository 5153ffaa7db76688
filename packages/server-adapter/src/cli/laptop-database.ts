import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { laptopFolder } from '../laptop-folder.js'

/**
 * The database that `createTaskServer` keeps in this folder without a store, if it has made one. `migrate` does not look for it: a
 * deploy that has lost its variable must not end well. Production has no such database.
 */
export function findLaptopDatabase(): string | undefined {
  const { tasks } = laptopFolder()
  if (process.env['NODE_ENV'] === 'production' || !holdsDatabase(tasks)) return undefined
  // As a URL, because the path to the project may have any signs.
  return pathToFileURL(tasks).href
}

/** Whether PGlite has made a database in the folder. */
export function holdsDatabase(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'))
}
