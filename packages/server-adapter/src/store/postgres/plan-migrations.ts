import { concurrentStatements, hasIndexes, indexStatements } from './migrate-indexes.js'
import type { Migration } from './migrations.js'

/** One step of migrating. Other processes can write while its statements run. */
export type MigrationStep =
  /** Builds and drops the indexes of a migration, each statement on its own. */
  | { kind: 'indexes'; migration: Migration }
  /** Applies migrations in one transaction. */
  | { kind: 'transaction'; migrations: Migration[] }

/** @param isUsed whether the database has tables that other processes may use meanwhile */
export function planMigrations(missing: readonly Migration[], { isUsed }: { isUsed: boolean }): MigrationStep[] {
  const steps: MigrationStep[] = []
  let together: Migration[] = []
  const apply = () => {
    if (together.length > 0) steps.push({ kind: 'transaction', migrations: together })
    together = []
  }
  for (const migration of missing) {
    if (isUsed && hasIndexes(migration)) {
      // Its indexes may need what the migrations before it make.
      apply()
      steps.push({ kind: 'indexes', migration })
    }
    together.push(migration)
  }
  apply()
  return steps
}

/** An arbitrary lock number: "bran" in ASCII, so that it can be recognised in `pg_locks`. */
const LOCK = 0x62_72_61_6e

/** Longest wait for a lock, in milliseconds. */
const LONGEST_LOCK_MS = 2_000

/** What begins the transaction of each step. */
export const OPENING: readonly string[] = [
  // Whatever waits for a lock on a table holds up everybody who comes after it.
  `set local lock_timeout = ${LONGEST_LOCK_MS}`,
  `select pg_advisory_xact_lock(${LOCK})`,
  `create schema if not exists brandkit`,
  `create table if not exists brandkit.migrations (number integer primary key, name text not null, applied_at timestamptz not null default now())`,
]

/** What applies one migration within a transaction. */
export function statementsOf(migration: Migration): string[] {
  const { number, name, statements } = migration
  return [
    ...indexStatements(migration),
    ...statements,
    `insert into brandkit.migrations (number, name) values (${number}, '${name.replaceAll("'", "''")}')`,
  ]
}

/** The statements of a step, in order, for people who apply them by hand: one a session in autocommit, as in psql. */
export function scriptOf(step: MigrationStep): string[] {
  if (step.kind === 'indexes') return concurrentStatements(step.migration)
  return [
    'begin isolation level read committed',
    'set local idle_in_transaction_session_timeout = 0',
    ...OPENING,
    ...step.migrations.flatMap(statementsOf),
    'commit',
  ]
}
