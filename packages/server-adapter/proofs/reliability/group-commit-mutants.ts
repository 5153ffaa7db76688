import { CompiledQuery, type RawBuilder } from 'kysely'
import { vi } from 'vitest'
import type * as FoldWrites from '../../src/store/postgres/fold-writes.js'
import type * as GroupCommit from '../../src/store/postgres/group-commit.js'
import type * as Statement from '../../src/store/postgres/statement.js'
import type { TaskStore } from '../../src/store/task-store.js'

/** The group commit of `postgresStore` without one of its guards, which the suite must detect. */
export interface GroupCommitMutant {
  name: string
  /** The name of the suite's test that must fail. */
  breaks: string
  /** Replaces some of the store's modules. */
  breakIt: () => void
}

const FOLD_WRITES = '../../src/store/postgres/fold-writes.js'
const GROUP_COMMIT = '../../src/store/postgres/group-commit.js'
const STATEMENT = '../../src/store/postgres/statement.js'

export const GROUP_COMMIT_MUTANTS: readonly GroupCommitMutant[] = [
  {
    name: 'puts two entries for one row into one statement',
    breaks: 'keeps a checkpoint, a report and the end that come together: none is lost, none overtakes',
    breakIt: () =>
      vi.doMock(FOLD_WRITES, async (original) => {
        const actual = await original<typeof FoldWrites>()
        return {
          ...actual,
          foldWrites: (entries: Parameters<typeof actual.foldWrites>[0]) => {
            const each = entries.map((entry) => actual.foldWrites([entry]))
            return {
              writes: each.flatMap(({ writes }) => writes),
              checkpoints: each.flatMap(({ checkpoints }) => checkpoints),
              texts: each.flatMap(({ texts }) => texts),
            }
          },
        }
      }),
  },
  {
    name: 'lets one bad value fail all that go with it',
    breaks: 'refuses one impossible write among good ones alone, when all come at once',
    breakIt: () =>
      vi.doMock(GROUP_COMMIT, async (original) => {
        const actual = await original<typeof GroupCommit>()
        return {
          groupCommit: (options: Parameters<typeof actual.groupCommit>[0]) =>
            actual.groupCommit({ ...options, isCommonFailure: () => true }),
        }
      }),
  },
  {
    name: 'locks rows in the order in which their writes came',
    breaks: 'never deadlocks when two processes write the same tasks in opposite order',
    breakIt: () =>
      vi.doMock(STATEMENT, async (original) => {
        return { ...(await original<typeof Statement>()), executeOn: executeLockingAsTheyCame }
      }),
  },
]

/** A `postgresStore` made of fresh modules, including those of the mutant; `null` makes a correct one. */
export async function groupCommitMutant(database: string, mutant: GroupCommitMutant | null): Promise<TaskStore> {
  vi.resetModules()
  mutant?.breakIt()
  try {
    const { postgresStore } = await import('../../src/store/postgres/postgres-store.js')
    // The store imports this file when it opens, which is after the mutant has gone.
    await import('../../src/store/postgres/open-session.js')
    return postgresStore(database)
  } finally {
    for (const module of [FOLD_WRITES, GROUP_COMMIT, STATEMENT]) vi.doUnmock(module)
  }
}

function executeLockingAsTheyCame(database: Statement.Database): Statement.Execute {
  return async <Row>(statement: RawBuilder<Row>) => {
    const { sql, parameters } = statement.compile(database)
    const run = async (on: Statement.Database) =>
      (await on.executeQuery<Row>(CompiledQuery.raw(sql, [...parameters]))).rows
    if (!/order by (t\.)?id\s/.test(sql)) return run(database)

    return database.transaction().execute(async (transaction) => {
      // One by one, so that two processes always meet in the middle.
      for (const id of idsIn(parameters)) {
        await transaction.executeQuery(CompiledQuery.raw('select from brandkit.tasks where id = $1 for update', [id]))
      }
      return run(transaction)
    })
  }
}

/** The tasks of a statement, in the order of its entries (see `rowsOf`). */
function idsIn(parameters: readonly unknown[]): string[] {
  const rows = parameters.find((value): value is string => typeof value === 'string' && value.startsWith('['))
  return (JSON.parse(rows ?? '[]') as (string | { id: string })[]).map((row) =>
    typeof row === 'string' ? row : row.id,
  )
}
