import { describeError, isTaskError } from '@brandkit/core'
import { sql } from 'kysely'
import type { Connection } from '../../store/postgres/connection.js'
import { holderOf } from '../../store/postgres/pglite-lock.js'
import { executeOn } from '../../store/postgres/statement.js'
import { nameOf, type Place, withDatabase } from '../database.js'
import { holdsDatabase } from '../laptop-database.js'
import { readPlace, UsageError } from '../usage-error.js'
import { examineClock } from './examine-clock.js'
import { examineListening } from './examine-listening.js'
import { examineSchema } from './examine-schema.js'
import { type Finding, findingsOf } from './finding.js'

const { ok, warning, failed, skipped } = findingsOf('database')

/** The major versions of Postgres that releases are tested with. */
const TESTED_POSTGRES = { oldest: 15, newest: 18 }

/** Checks a Postgres server or the folder of a PGlite, and changes nothing in it. */
export async function examineDatabase(database: string | undefined): Promise<Finding[]> {
  if (!database) return [skipped('reachable', 'Not checked: give --database, or set DATABASE_URL.')]
  try {
    const place = readPlace(database)
    const obstacle = place.kind === 'folder' ? await examineFolder(place.folder) : null
    return obstacle ?? (await withDatabase(place, (connection) => examine(place, connection)))
  } catch (error) {
    if (error instanceof UsageError || isTaskError(error)) return [failed('reachable', error.message)]
    return [failed('reachable', describeError(error))]
  }
}

/** Why a folder cannot be looked into. */
async function examineFolder(folder: string): Promise<Finding[] | null> {
  if (!holdsDatabase(folder)) {
    return [warning('reachable', `There is no database in ${folder} yet. The server makes it when it starts.`)]
  }
  const pid = await holderOf(folder)
  if (pid === null) return null
  return [
    ok('reachable', `PGlite in ${folder} is open in process ${pid}.`, { pid }),
    skipped('schema', 'Only one process can open a PGlite. Stop that process to have its schema checked.'),
  ]
}

async function examine(place: Place, connection: Connection): Promise<Finding[]> {
  const [server] = await executeOn(connection.database)(sql<{ number: string; version: string; readOnly: string }>`
    select current_setting('server_version_num') as number, current_setting('server_version') as version,
           current_setting('transaction_read_only') as "readOnly"`)
  const isReadOnly = server?.readOnly === 'on'
  const findings = [
    ok('reachable', `${nameOf(place)} answers.`),
    examineVersion(server),
    ...(isReadOnly
      ? [failed('writable', 'The database is read-only: it is a standby, or was set so. Connect to the primary.')]
      : []),
    await examineSchema(connection.database),
  ]
  if (connection.handle.kind === 'pglite') return findings
  findings.push(await examineClock(connection.database))
  // The store leaves a read-only server, so its echo would never come.
  if (!isReadOnly) findings.push(await examineListening(connection.handle))
  return findings
}

function examineVersion({ number = '', version = '' }: { number?: string; version?: string } = {}): Finding {
  const { oldest, newest } = TESTED_POSTGRES
  const major = Math.floor(Number(number) / 10_000)
  const tested = `Releases are tested with ${oldest} to ${newest}.`
  const facts = { version, ...TESTED_POSTGRES }
  if (major < oldest) return failed('version', `PostgreSQL ${version} is too old. ${tested}`, facts)
  if (major > newest) return warning('version', `PostgreSQL ${version} is newer than what we know. ${tested}`, facts)
  return ok('version', `PostgreSQL ${version}`, facts)
}
