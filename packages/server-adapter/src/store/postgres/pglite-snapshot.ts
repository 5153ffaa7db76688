import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync, brotliDecompress, constants } from 'node:zlib'

/** The migrated database that the build makes beside this code. Sources that nobody has built have none. */
const SNAPSHOT = 'pglite-snapshot.br'
/** The file by which Postgres recognises its folder. It is written last, so that half a database is none. */
const LAST = 'PG_VERSION'
/** Exists while files are written, and then becomes the last file: its name says that a crash interrupted us. */
const DRAFT = 'brandkit.unpacking'

interface Contents {
  folders: string[]
  files: PackedFile[]
}

interface PackedFile {
  path: string
  size: number
  /** The place of the stored bytes. All bytes behind them, up to `size`, are zeros. */
  from: number
  to: number
}

/**
 * The files of a closed database in one compressed piece: the list as a line of JSON, then the bytes. The three databases
 * of a fresh Postgres are almost equal, and its log is almost empty; equal files and the zeros at an end are stored once.
 */
export function packSnapshot(folder: string): Buffer {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => ({
    path: join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/'),
    isFolder: entry.isDirectory(),
  }))
  const known = new Map<string, { from: number; to: number }>()
  const pieces: Buffer[] = []
  let end = 0

  const files = entries.filter(isOfDatabase).map(({ path }) => {
    const bytes = readFileSync(join(folder, path))
    const stored = withoutZeros(bytes)
    const key = createHash('sha256').update(stored).digest('hex')
    const place = known.get(key) ?? { from: end, to: end + stored.length }
    if (!known.has(key)) {
      known.set(key, place)
      pieces.push(stored)
      end = place.to
    }
    return { path, size: bytes.length, from: place.from, to: place.to }
  })
  const folders = entries.filter(({ isFolder }) => isFolder).map(({ path }) => path)
  const list = Buffer.from(`${JSON.stringify({ folders: folders.toSorted(), files } satisfies Contents)}\n`)
  const all = Buffer.concat([list, ...pieces])
  return brotliCompressSync(all, {
    params: { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_QUALITY]: 9 },
  })
}

/** A database of Postgres as files. */
export interface Snapshot {
  folders: string[]
  /** All bytes behind `bytes`, up to `size`, are zeros. */
  files: { path: string; size: number; bytes: Uint8Array }[]
}

/**
 * @param file default: the one that was built with this package
 * @returns null when there is no readable snapshot: a damaged one is as good as none
 */
export async function readSnapshot(file = ownSnapshot()): Promise<Snapshot | null> {
  const all = await readFile(file)
    .then((packed) => promisify(brotliDecompress)(packed))
    .catch(() => null)
  if (!all) return null
  const listEnd = all.indexOf('\n') + 1
  const { folders, files } = JSON.parse(all.toString('utf8', 0, listEnd)) as Contents
  const bytes = all.subarray(listEnd)
  return { folders, files: files.map(({ path, size, from, to }) => ({ path, size, bytes: bytes.subarray(from, to) })) }
}

/**
 * Fills a folder that holds no database yet with a migrated one, since PGlite needs seconds to make its own. The
 * migrations stay the truth: the store compares them at open, as in every other database. Touches no foreign file.
 *
 * All these databases have the same system identifier, which only replication would notice, and PGlite has none.
 *
 * @param file of the snapshot. Default: the one that was built with this package
 * @returns a function that empties the folder again; null when the folder is in use or there is no readable snapshot
 */
export async function unpackSnapshot(folder: string, file?: string): Promise<(() => void) | null> {
  if (existsSync(join(folder, LAST))) return null
  const snapshot = await readSnapshot(file)
  if (!snapshot) return null

  const { folders, files } = snapshot
  const top = new Set([...folders, ...files.map(({ path }) => path)].map((path) => path.split('/')[0] ?? path))
  const draft = join(folder, DRAFT)
  const empty = () => {
    for (const name of top) rmSync(join(folder, name), { recursive: true, force: true })
  }
  if (existsSync(draft)) empty()
  if ([...top].some((name) => existsSync(join(folder, name)))) return null

  for (const packed of files) if (packed.path === LAST) write(draft, packed)
  for (const path of folders) mkdirSync(join(folder, path), { recursive: true })
  for (const packed of files) if (packed.path !== LAST) write(join(folder, packed.path), packed)
  renameSync(draft, join(folder, LAST))
  return empty
}

function write(path: string, { size, bytes }: Snapshot['files'][number]): void {
  const descriptor = openSync(path, 'w')
  try {
    writeSync(descriptor, bytes)
    if (size > bytes.length) ftruncateSync(descriptor, size)
  } finally {
    closeSync(descriptor)
  }
}

function ownSnapshot(): string {
  // A bundler would look for a file that `new URL(…, import.meta.url)` names. A bundled store has no snapshot beside it.
  return join(dirname(fileURLToPath(import.meta.url)), SNAPSHOT)
}

/** Our own lock, and a process number of Postgres, belong to a run and not to the database. */
function isOfDatabase({ path, isFolder }: { path: string; isFolder: boolean }): boolean {
  return !isFolder && !path.startsWith('brandkit.') && path !== 'postmaster.pid'
}

function withoutZeros(bytes: Buffer): Buffer {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  return bytes.subarray(0, end)
}
