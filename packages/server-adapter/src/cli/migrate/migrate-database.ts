import { migrate } from '../../store/postgres/migrate.js'
import { MIGRATIONS } from '../../store/postgres/migrations.js'
import { planMigrations, scriptOf } from '../../store/postgres/plan-migrations.js'
import {
  type Applied,
  latestMigration,
  listOf,
  missingIn,
  readApplied,
  warningOfNewer,
} from '../../store/postgres/schema-state.js'
import { nameOf, type Place, withDatabase } from '../database.js'
import { holdsDatabase } from '../laptop-database.js'
import type { Report } from '../report.js'
import { UsageError } from '../usage-error.js'

interface MigrateDatabaseOptions {
  place: Place
  /** Only tells what would be done. */
  dryRun: boolean
  /** The last migration to apply. Default: the newest. */
  to: number | undefined
}

/** Brings the schema of a database up to a version, or writes the SQL that would. */
export async function migrateDatabase({ place, dryRun, to }: MigrateDatabaseOptions): Promise<Report> {
  assertKnown(to)
  const isNew = place.kind === 'folder' && !holdsDatabase(place.folder)
  if (isNew && to !== undefined && to !== latestMigration()) {
    throw new UsageError('--to is for a database that exists: a new folder begins with the newest schema.')
  }
  // Opening a folder would make a database in it.
  if (isNew && dryRun) return toScript({ place, applied: [], isUsed: false, to })

  return withDatabase(place, async ({ patient }) => {
    const shared = place.kind === 'server'
    const before = isNew ? [] : await readApplied(patient)
    const missing = missingIn(before, { upTo: to })
    assertForward(before, to)
    if (dryRun) return toScript({ place, applied: before, isUsed: shared && before.length > 0, to })

    const warning = await migrate(patient, { shared, upTo: to })
    const migrations = missing.map(({ number, name }) => ({ number, name }))
    return {
      ok: true,
      json: {
        ok: true,
        database: nameOf(place),
        from: newestOf(before),
        to: newestOf(await readApplied(patient)),
        migrations,
        ...(warning !== undefined && { warning }),
      },
      text: [
        migrations.length === 0
          ? `${nameOf(place)} has every migration up to ${newestOf(before)} already.`
          : `${nameOf(place)} now has migration ${listOf(migrations)}.`,
        ...(warning === undefined ? [] : [warning]),
      ].join('\n'),
    }
  })
}

interface Script {
  place: Place
  applied: readonly Applied[]
  /** Whether other processes may use the tables. */
  isUsed: boolean
  to: number | undefined
}

function toScript({ place, applied, isUsed, to }: Script): Report {
  const warning = warningOfNewer(applied)
  const missing = missingIn(applied, { upTo: to })
  const statements = planMigrations(missing, { isUsed }).flatMap(scriptOf)
  const title =
    missing.length === 0
      ? [`-- ${nameOf(place)} has every migration up to ${newestOf(applied)} already.`]
      : [
          `-- ${nameOf(place)}: migration ${listOf(missing)}`,
          '-- Send each statement on its own, as `psql --set ON_ERROR_STOP=1 --file` does: `concurrently` goes with no transaction.',
        ]
  return {
    ok: true,
    json: {
      ok: true,
      dryRun: true,
      database: nameOf(place),
      from: newestOf(applied),
      to: missing.at(-1)?.number ?? newestOf(applied),
      migrations: missing.map(({ number, name }) => ({ number, name })),
      statements,
      ...(warning !== undefined && { warning }),
    },
    text: [...title, ...statements.map((statement) => `${statement};`)].join('\n'),
  }
}

function assertKnown(to: number | undefined): void {
  if (to === undefined || MIGRATIONS.some(({ number }) => number === to)) return
  const numbers = MIGRATIONS.map(({ number }) => number).join(', ')
  throw new UsageError(`There is no migration ${to}. This version of the package has ${numbers}.`)
}

/** @throws Error when the database is further than `to` already */
function assertForward(applied: readonly Applied[], to: number | undefined): void {
  const newest = newestOf(applied)
  if (to === undefined || newest <= to) return
  throw new Error(
    `The database has migration ${newest} already, and no migration is ever undone: a release runs on the schema of the next one. See docs/deploy/migrations.md.`,
  )
}

function newestOf(applied: readonly Applied[]): number {
  return Math.max(0, ...applied.map(({ number }) => number))
}
