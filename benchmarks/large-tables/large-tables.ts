import { Client } from 'pg'
import type { Launch, Places } from '../contenders/contender.ts'
import { CONTENDERS, type ContenderName } from '../contenders/contenders.ts'
import { createTaskClient } from '../contenders/task-client.ts'
import { withContender } from '../contenders/with-contender.ts'
import { describeMachine } from '../machine/describe-machine.ts'
import { copiedId, multiplyTasks } from '../machine/multiply-tasks.ts'
import { type Databases, startDatabases } from '../machine/start-databases.ts'
import { describeConditions, milliseconds, times, toTable, whole } from '../report/markdown.ts'
import type { Bench } from '../report/report.ts'
import { quantile } from '../report/summarise.ts'
import { loadTasks } from '../whole-life/load-tasks.ts'
import { withoutIndexes } from './without-indexes.ts'

const CONTENDER: ContenderName = 'ours-postgres'
const SMALL = 1_000
/** Every user has as many tasks in the small table and in the large one. */
const TASKS_OF_A_USER = 1_000
/** Rows of one statement. */
const PIECE = 250_000
const READS_A_TURN = 50

type Read = 'status' | 'list'

interface Reads {
  rows: number
  read: Read
  latencyMs: { p50: number; p99: number }
}

/** Reads of a status and of a list, over HTTP, from a small table and from a very large one. */
export const largeTables: Bench = {
  title: 'status and list from a table of 1,000 rows and of 500,000',
  longRun: '--rows 5000000',

  async run({ rounds = 20, size = 500_000, log }) {
    const databases = await startDatabases()
    try {
      const results = await measureTables({
        databases,
        sizes: [SMALL, size],
        rounds,
        readsATurn: READS_A_TURN,
        log,
      })
      const conditions = describeMachine({
        servers: await databases.versions(),
        packages: CONTENDERS[CONTENDER].packages,
      })
      const rowsOf = (read: Read) =>
        results
          .filter((reads) => reads.read === read)
          .map(({ rows, latencyMs }, at, [small]) => [
            `${read}, ${whole(rows)} rows`,
            milliseconds(latencyMs.p50),
            milliseconds(latencyMs.p99),
            at === 0 ? '1' : times(latencyMs.p99 / (small?.latencyMs.p99 ?? NaN)),
          ])
      const heads = ['', 'p50', 'p99', `p99 against ${whole(SMALL)} rows`]
      return {
        conditions,
        settings: { rounds, readsATurn: READS_A_TURN, sizes: [SMALL, size], tasksOfAUser: TASKS_OF_A_USER },
        results,
        markdown: [
          describeConditions(conditions),
          `${whole(rounds * READS_A_TURN)} reads each by one connection, in turns of ${READS_A_TURN}; every user has ${whole(TASKS_OF_A_USER)} completed tasks, which lie apart in the table.`,
          toTable(heads, [...rowsOf('status'), ...rowsOf('list')]),
        ].join('\n\n'),
        plots: {},
      }
    } finally {
      await databases.stop()
    }
  },
}

export interface MeasureTablesOptions {
  databases: Databases
  /** Rows of each table. The small one comes first. */
  sizes: readonly number[]
  rounds: number
  readsATurn: number
  launch?: Launch
  log: (line: string) => void
}

export async function measureTables({
  databases,
  sizes,
  rounds,
  readsATurn,
  launch,
  log,
}: MeasureTablesOptions): Promise<Reads[]> {
  const tables: Table[] = []
  for (const rows of sizes) {
    const begun = performance.now()
    const places = await databases.makePlaces()
    const originalId = await withContender(CONTENDER, { databases, concurrency: 1, places, launch }, ({ url }) =>
      completeOne(url),
    )
    await fillTable({ places, originalId, rows })
    log(`filled ${whole(rows)} rows in ${Math.round((performance.now() - begun) / 1_000)} s`)
    tables.push({ rows, places, originalId, latenciesMs: { status: [], list: [] } })
  }

  const withAll = (at: number): Promise<void> => {
    const table = tables[at]
    if (!table) return readInTurns({ tables, rounds, readsATurn })
    return withContender(CONTENDER, { databases, concurrency: 1, places: table.places, launch }, ({ url }) => {
      table.url = url
      return withAll(at + 1)
    })
  }
  await withAll(0)

  return tables.flatMap(({ rows, latenciesMs }) =>
    (['status', 'list'] as const).map((read) => {
      const sorted = latenciesMs[read].toSorted((a, b) => a - b)
      const latencyMs = { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }
      log(
        `${read.padEnd(6)} ${whole(rows).padStart(9)} rows  ${milliseconds(latencyMs.p50)} / ${milliseconds(latencyMs.p99)}`,
      )
      return { rows, read, latencyMs }
    }),
  )
}

interface Table {
  rows: number
  places: Places
  originalId: string
  url?: string
  latenciesMs: Record<Read, number[]>
}

async function completeOne(url: string): Promise<string> {
  const { acknowledged } = await loadTasks({
    urls: [url],
    tasks: 1,
    seconds: 60,
    connections: 1,
    mostOpen: 1,
    pauseMs: 0,
  })
  const [taskId = ''] = acknowledged.keys()
  return taskId
}

const userOf = (number: number, users: number) => `user-${number % users}`
const usersOf = (rows: number) => Math.max(1, Math.round(rows / TASKS_OF_A_USER))

async function fillTable({ places, originalId, rows }: { places: Places; originalId: string; rows: number }) {
  const client = new Client({ connectionString: places.postgres })
  await client.connect()
  try {
    // Copies need neither a sync to disk nor a check of their foreign keys.
    await client.query(`set synchronous_commit = off`)
    await client.query(`set session_replication_role = replica`)
    await withoutIndexes({ client, table: 'brandkit.tasks' }, async () => {
      for (let from = 1; from <= rows; from += PIECE)
        await multiplyTasks({
          client,
          taskId: originalId,
          from,
          copies: Math.min(PIECE, rows - from + 1),
          overrides: {
            user_id: `'user-' || n % ${usersOf(rows)}`,
            created_at: `t.created_at + n * interval '1 millisecond'`,
            completed_at: `t.completed_at + n * interval '1 millisecond'`,
          },
        })
    })
    await client.query('vacuum analyze brandkit.tasks')
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

/** Small, large, small, large, so that a busy moment of the machine affects both. */
async function readInTurns({
  tables,
  rounds,
  readsATurn,
}: {
  tables: readonly Table[]
  rounds: number
  readsATurn: number
}): Promise<void> {
  const clients = tables.map(({ url = '' }) => createTaskClient({ url, connections: 1 }))
  try {
    // The first turn fills caches and compiles code.
    for (let round = 0; round <= rounds; round++)
      for (const [at, { rows, originalId, latenciesMs }] of tables.entries()) {
        const client = clients[at]
        if (!client) continue
        for (const read of ['status', 'list'] as const) {
          for (let turn = 0; turn < readsATurn; turn++) {
            const number = 1 + Math.floor(Math.random() * rows)
            const user = userOf(number, usersOf(rows))
            const begun = performance.now()
            const tasks = await (read === 'list'
              ? client.list(user)
              : client.read([copiedId(originalId, number)], user))
            if (round > 0) latenciesMs[read].push(performance.now() - begun)
            if (tasks.length === 0) throw new Error(`${read} found no task of ${user} among ${rows} rows.`)
          }
        }
      }
  } finally {
    await Promise.all(clients.map((client) => client.close()))
  }
}
