import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const CACHE = join(import.meta.dirname, 'node_modules/.cache')

/**
 * A file or folder that the first test makes and all other tests use, in this run and in later ones. Tests copy it before
 * they write to it.
 *
 * @param name the path in the cache. Whatever changes the content must change the name
 * @param make called with the path of a draft that does not exist yet; not called when the file or folder exists
 */
export async function keptPath(name: string, make: (draft: string) => Promise<void>): Promise<string> {
  const path = join(CACHE, name)
  if (existsSync(path)) return path
  await mkdir(dirname(path), { recursive: true, mode: 0o755 })
  // Parallel tests may each make a draft; renaming the finished draft makes it visible at once.
  const draft = `${path}.${randomUUID()}`
  await make(draft)
  await rename(draft, path).catch((error: unknown) => {
    if (!existsSync(path)) throw error
    return rm(draft, { recursive: true })
  })
  return path
}
