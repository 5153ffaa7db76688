import { execFile } from 'node:child_process'
import { link, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { errorCodeOf, TaskError } from '@brandkit/core'

/** Who holds which folder. The start time tells a process from a later one with the same number. */
interface Owner {
  pid: number
  startedAt: string
  /** Null in locks of earlier releases. */
  folder: Folder | null
}

/** A copied folder brings its lock along, and has another path and another number on its disk. One alone may change. */
interface Folder {
  path: string
  inode: string
}

/**
 * Takes a folder for this process alone: two writers on one embedded database lose rows silently. The lock of a dead
 * process, or of the folder that this one was copied from, is taken over. Processes are told apart by number and start time, so containers that share a folder but not
 * their process ids are not protected from each other.
 *
 * @returns what gives the folder back.
 * @throws TaskError `store_unavailable` with one sentence when another process has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'brandkit.lock')
  const place = await identify(folder)
  const self: Owner = {
    pid: process.pid,
    startedAt: (await startOf(process.pid)) ?? '',
    folder: place,
  }
  const draft = await write(path, self)
  try {
    for (;;) {
      if (await createFrom(draft, path)) break
      const owner = await read(path)
      if (owner && isOf(owner, place) && (await isAlive(owner))) throw alreadyOpen(folder, owner)
      if (await takeOver(path, draft, { stale: owner, place })) break
    }
  } finally {
    await rm(draft, { force: true })
  }
  return () => rm(path, { force: true })
}

async function identify(folder: string): Promise<Folder> {
  const [path, { dev, ino }] = await Promise.all([realpath(folder), stat(folder, { bigint: true })])
  return { path, inode: `${dev}:${ino}` }
}

function isOf(owner: Owner, { path, inode }: Folder): boolean {
  return owner.folder === null || owner.folder.path === path || owner.folder.inode === inode
}

/** Complete from its first moment: a hard link appears with its content, or not at all. */
async function createFrom(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * Replaces a stale lock. Only the holder of `….takeover` may, and it looks again once it holds that:
 * of two who saw the same dead owner, the second finds the first one's lock.
 */
async function takeOver(
  path: string,
  draft: string,
  { stale, place }: { stale: Owner | null; place: Folder },
): Promise<boolean> {
  const permit = `${path}.takeover`
  if (!(await createFrom(draft, permit))) {
    const other = await read(permit)
    if (!other || !isOf(other, place) || !(await isAlive(other))) await rm(permit, { force: true })
    return false
  }
  try {
    const now = await read(path)
    if (JSON.stringify(now) !== JSON.stringify(stale)) return false
    const copy = await copyOf(draft)
    await rename(copy, path)
    return true
  } finally {
    await rm(permit, { force: true })
  }
}

async function copyOf(draft: string): Promise<string> {
  const copy = `${draft}.copy`
  await writeFile(copy, await readFile(draft))
  return copy
}

async function write(path: string, owner: Owner): Promise<string> {
  const draft = `${path}.${crypto.randomUUID()}`
  await writeFile(draft, JSON.stringify(owner))
  return draft
}

async function read(path: string): Promise<Owner | null> {
  try {
    const owner: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('startedAt' in owner)) return null
    return { pid: Number(owner.pid), startedAt: String(owner.startedAt), folder: folderOf(owner) }
  } catch {
    return null
  }
}

function folderOf(owner: object): Folder | null {
  const folder = 'folder' in owner && typeof owner.folder === 'object' ? owner.folder : null
  if (!folder || !('path' in folder) || !('inode' in folder)) return null
  return { path: String(folder.path), inode: String(folder.inode) }
}

async function isAlive({ pid, startedAt }: Owner): Promise<boolean> {
  const start = await startOf(pid)
  if (start !== null) return start === startedAt
  return startedAt === '' && answers(pid)
}

/** When a process was started, in whatever form the system says it; null when there is no such process, or no saying. */
async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
    // The name, in parentheses, may hold spaces; the start is the 22nd field of all, the 20th behind the name.
    return line?.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.trim() || null
}

/** For a system that tells no start times. */
function answers(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It lives, but belongs to another user.
    return errorCodeOf(error) === 'EPERM'
  }
}

function alreadyOpen(folder: string, { pid }: Owner): TaskError {
  // Threads have the number of their process, and see each other's stores no more than processes do.
  const what =
    pid === process.pid
      ? 'another thread of this process. Open it in one thread only'
      : `process ${pid}. Stop that process`
  return new TaskError(
    'store_unavailable',
    `The data folder ${folder} is already open in ${what}, or choose another folder with postgresStore('./other-folder').`,
    { retryable: false },
  )
}
