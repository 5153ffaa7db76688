import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strayCharacters, TaskError } from '@brandkit/core'

/** The place of a database: on a server, in a folder (absolute), or only in this process's memory (`memory://…`). */
export type DatabasePlace =
  | { kind: 'server'; url: string }
  | { kind: 'folder'; folder: string }
  | { kind: 'memory'; name: string }

/**
 * Reads the database that an app configured. A text must clearly be a Postgres URL or clearly a folder. Any other text is
 * refused here, before anything touches the disk: a mistyped URL would become a private, empty database in a folder that is
 * named after the password. A `file:` URL is always a folder.
 *
 * @param platform default: this machine's. Windows has drive letters and backslashes.
 * @throws TaskError `store_unavailable` in one sentence that never repeats the value, which may hold a password
 */
export function toDatabasePlace(
  value: unknown,
  { platform = process.platform }: { platform?: string } = {},
): DatabasePlace {
  if (typeof value !== 'string' || value === '') throw refusal(`needs a database: ${EXAMPLES}`)
  const stray = strayCharacters(value)
  if (stray !== undefined) throw refusal(`has a database that ${stray}.`)
  if (/^postgres(ql)?:\/\//i.test(value)) return { kind: 'server', url: assertPostgresUrl(value) }
  if (value.startsWith('memory://')) return { kind: 'memory', name: value }
  if (/^file:/i.test(value)) return { kind: 'folder', folder: fromFileUrl(value) }

  const doubt = doubtOf(value, platform)
  if (doubt !== undefined) throw refusal(`has a database that ${doubt}. It must be ${EXAMPLES}`)
  return { kind: 'folder', folder: resolve(value) }
}

const EXAMPLES =
  "a URL such as postgres://user:password@host:5432/database, or a folder such as './data' (one with signs in its name as a file: URL)."

function assertPostgresUrl(text: string): string {
  const url = URL.parse(text)
  if (!url || !isDecodable([url.username, url.password, url.hostname, url.pathname])) {
    throw refusal(
      'has a Postgres URL that cannot be read. Write postgres://user:password@host:5432/database, with the special characters of the password as %40 (@), %23 (#), %2F (/), %3A (:), %3F (?) and %25 (%).',
    )
  }
  // A bare #, / or ? in a password ends the address early: its beginning would be taken for a host.
  if (url.hash !== '' || url.pathname.includes('@') || url.search.includes('@')) {
    throw refusal('has a Postgres URL with a bare #, / or ? in its password. Write them as %23, %2F and %3F.')
  }
  return text
}

function isDecodable(parts: readonly string[]): boolean {
  try {
    parts.forEach(decodeURIComponent)
    return true
  } catch {
    return false
  }
}

/** Only `file://` is accepted: `file:data` would be a folder of the root. */
function fromFileUrl(text: string): string {
  try {
    if (!/^file:\/\//i.test(text)) throw new TypeError('It is not absolute.')
    const folder = fileURLToPath(text)
    if (folder.includes('\0')) throw new TypeError('No name of a folder holds a NUL.')
    return folder
  } catch (cause) {
    throw refusal(
      'has a file: URL that names no folder of this machine. It must look like file:///srv/app/data.',
      cause,
    )
  }
}

/** Why a text is probably not the name of a folder, as the end of a sentence. */
function doubtOf(text: string, platform: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]
  if (scheme !== undefined) return `is a ${scheme}:// URL, which is not known`
  if (text.includes('://') || text.startsWith('//') || /^postgres(ql)?[;/]*\/\//i.test(text))
    return 'looks like a URL whose beginning is mistyped'
  if (text.includes('@')) return 'holds an @, as the URL of a server does'
  const path = platform === 'win32' ? text.replace(/^[a-z]:/i, '') : text
  if (/^[^/\\]*:/.test(path)) return 'begins like an address, with a colon behind its first word'
  if (/\b(host|hostaddr|port|dbname|database|user|password|service|server|sslmode)\s*=/i.test(text))
    return 'is a list of settings'
  if (/^\w+=/.test(text)) return 'is a NAME=value line, and not the value alone'
  if (/^(undefined|null|NaN|true|false|\[object .*)$/.test(text))
    return `is the word that JavaScript makes of a variable without a text`
  if (/[${}%]|^~/.test(text)) return 'holds a $, % or ~, which only a shell would replace'
  if (/["'`<>|*?]/.test(text)) return 'holds quotes or other signs that no folder should have in its name'
  if (platform !== 'win32' && text.includes('\\')) return 'holds a backslash, which separates folders on Windows only'
  return undefined
}

function refusal(what: string, cause?: unknown): TaskError {
  return new TaskError('store_unavailable', `postgresStore() ${what}`, {
    retryable: false,
    ...(cause !== undefined && { cause }),
  })
}
