import { describeError, isTaskError } from '@brandkit/core'
import { latestMigration, listOf, missingIn, readApplied, warningOfNewer } from '../../store/postgres/schema-state.js'
import type { Database } from '../../store/postgres/statement.js'
import { type Finding, findingsOf } from './finding.js'

const { ok, warning, failed } = findingsOf('database')

/** Whether the schema is the one that this version of the package works with. */
export async function examineSchema(database: Database): Promise<Finding> {
  try {
    const applied = await readApplied(database)
    const missing = missingIn(applied)
    const facts = {
      applied: applied.map(({ number }) => number),
      missing: missing.map(({ number }) => number),
      latest: latestMigration(),
    }
    const newer = warningOfNewer(applied)
    if (missing.length > 0) {
      const what =
        applied.length === 0
          ? `The schema "brandkit" is not there.`
          : `The schema is ${missing.length} ${missing.length === 1 ? 'migration' : 'migrations'} behind: ${listOf(missing)}.`
      return failed('schema', `${what} Run npx @brandkit/server-adapter migrate`, facts)
    }
    if (newer !== undefined) return warning('schema', newer, facts)
    return ok('schema', `It has every migration up to ${latestMigration()}.`, facts)
  } catch (error) {
    return failed('schema', isTaskError(error) ? error.message : describeError(error))
  }
}
