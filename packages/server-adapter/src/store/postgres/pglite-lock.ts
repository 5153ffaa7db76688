import { execFile } from 'node:child_process'
import { link, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { errorCodeOf, TaskError } from '@brandkit/core'

/** The process that holds a folder. Its start time tells the process from a later one with the same number. */
interface Owner {
  pid: number
  startedAt: string
  /** Null in locks of earlier releases. */
  folder: Folder | null
}

/** Tells a folder from its copy, which contains the same lock: a copy differs in both values, a moved folder in one. */
interface Folder {
  path: string
  inode: string
}

const LOCK = 'brandkit.lock'

/**
 * Takes a folder for this process alone: two writers on one embedded database lose rows silently. The lock is taken over if
 * its process is dead, or if the folder is a copy of another. Processes are identified by number and start time. So
 * containers that share a folder but not their process ids are not protected from each other.
 *
 * @returns the function that releases the folder.
 * @throws TaskError `store_unavailable` with one sentence when another process has the folder.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK)
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

/** The living process that holds a folder; null when a lock can be taken. */
export async function holderOf(folder: string): Promise<number | null> {
  const owner = await read(join(folder, LOCK))
  if (!owner || !isOf(owner, await identify(folder))) return null
  return (await isAlive(owner)) ? owner.pid : null
}

async function identify(folder: string): Promise<Folder> {
  const [path, { dev, ino }] = await Promise.all([realpath(folder), stat(folder, { bigint: true })])
  return { path, inode: `${dev}:${ino}` }
}

function isOf(owner: Owner, { path, inode }: Folder): boolean {
  return owner.folder === null || owner.folder.path === path || owner.folder.inode === inode
}

/** Creates the file atomically: a hard link appears with its content, or not at all. */
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
 * Replaces a stale lock. Only the holder of `….takeover` may replace it, and reads the lock again first: if two processes
 * saw the same dead owner, the second finds the lock of the first.
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

/** When a process was started, in the format of the system; null when the process is missing or the system cannot tell. */
async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
    // The name, in parentheses, may hold spaces; the start is field 22 of the line, which is field 20 after the name.
    return line?.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.trim() || null
}

/** Whether the process exists, for a system that gives no start times. */
function answers(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // The process lives, but belongs to another user.
    return errorCodeOf(error) === 'EPERM'
  }
}

function alreadyOpen(folder: string, { pid }: Owner): TaskError {
  // All threads share the number of their process, but cannot see each other's stores.
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
