import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { pgBossQueue } from '@brandkit/server-adapter/pg-boss'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import type { Launch, Places } from '../contenders/contender.ts'
import { CONTENDERS, type ContenderName } from '../contenders/contenders.ts'
import { createOursServer } from '../contenders/ours.ts'
import { withContender } from '../contenders/with-contender.ts'
import { describeMachine } from '../machine/describe-machine.ts'
import { multiplyMessages, multiplyTasks } from '../machine/multiply-tasks.ts'
import { type Databases, startDatabases } from '../machine/start-databases.ts'
import { describeConditions, times, toTable, whole } from '../report/markdown.ts'
import { plotBars } from '../report/plot-bars.ts'
import type { Bench } from '../report/report.ts'
import { summarise } from '../report/summarise.ts'

const CONTENDER: ContenderName = 'ours-postgres'
const CONCURRENCY = 64
const SIZES = [1_000, 100_000, 1_000_000] as const
/** Tasks that a fresh process completes before its rate counts. */
const WARM_UP = 2_000
/** Most tasks whose rate counts. */
const COUNTED = 8_000
const POLL_MS = 100
/** Longest time for the tasks that count, in milliseconds. */
const PATIENCE_MS = 120_000

interface Drained {
  round: number
  waiting: number
  /** Tasks a second, by the clock of the database. */
  perSecond: number
}

/** How fast a worker completes tasks while few, many and very many of them wait. */
export const backlog: Bench = {
  title: 'completing tasks while 1,000, 100,000 and 1,000,000 of them wait',

  async run({ rounds = 2, size, log }) {
    const sizes = SIZES.filter((waiting) => size === undefined || waiting <= size)
    const databases = await startDatabases()
    try {
      const results = await measureBacklogs({ databases, sizes, rounds, warmUp: WARM_UP, counted: COUNTED, log })
      const conditions = describeMachine({
        servers: await databases.versions(),
        packages: CONTENDERS[CONTENDER].packages,
      })
      const title = 'Tasks a second by length of the backlog'
      const rates = sizes.map((waiting) => ({ waiting, ...rateOf(waiting, results) }))
      const bars = rates.map(({ waiting, median }) => ({
        label: `${whole(waiting)} waiting`,
        part: 'tasks a second',
        value: median,
      }))
      const heads = ['waiting', 'tasks a second', 'least to most', `against ${whole(SIZES[0])}`]
      const rows = rates.map(({ waiting, median, least, most, ratio }) => [
        whole(waiting),
        whole(median),
        `${whole(least)} to ${whole(most)}`,
        times(ratio),
      ])
      return {
        conditions,
        settings: { rounds, sizes, warmUp: WARM_UP, counted: COUNTED, concurrency: CONCURRENCY },
        results,
        markdown: [
          describeConditions(conditions),
          `${rounds} rounds, each with a fresh worker of ${CONCURRENCY} slots: it completes ${whole(WARM_UP)} tasks, then as many as wait, at most ${whole(COUNTED)}, are counted.`,
          toTable(heads, rows),
          `![${title}](benchmarks/backlog.svg)`,
        ].join('\n\n'),
        plots: { 'backlog.svg': plotBars({ bars, title, unit: 'tasks a second' }) },
      }
    } finally {
      await databases.stop()
    }
  },
}

function rateOf(waiting: number, results: readonly Drained[]) {
  const own = results.filter((drained) => drained.waiting === waiting)
  const ratios = own.map(({ round, perSecond }) => {
    const short = results.find((drained) => drained.round === round)
    return perSecond / (short?.perSecond ?? NaN)
  })
  return { ...summarise(own.map(({ perSecond }) => perSecond)), ratio: summarise(ratios).median }
}

export interface MeasureBacklogsOptions {
  databases: Databases
  sizes: readonly number[]
  rounds: number
  warmUp: number
  counted: number
  launch?: Launch
  log: (line: string) => void
}

/** One database a size. Each round fills it up again and lets a fresh worker begin. */
export async function measureBacklogs(options: MeasureBacklogsOptions): Promise<Drained[]> {
  const { databases, sizes, rounds, warmUp, counted, launch, log } = options
  const lines = await Promise.all(sizes.map(async (waiting) => openBacklog(waiting, await databases.makePlaces())))
  const results: Drained[] = []
  try {
    for (let round = 1; round <= rounds; round++)
      for (const { waiting, places, fillUpTo, rateOfNext } of lines) {
        await fillUpTo(waiting + warmUp)
        const perSecond = await withContender(CONTENDER, { databases, concurrency: CONCURRENCY, places, launch }, () =>
          rateOfNext({ skipped: warmUp, counted: Math.min(waiting, counted) }),
        )
        log(`${round} ${whole(waiting).padStart(9)} waiting  ${whole(perSecond)}/s`)
        results.push({ round, waiting, perSecond })
      }
    return results
  } finally {
    await Promise.all(lines.map(({ close }) => close()))
  }
}

async function openBacklog(waiting: number, places: Places) {
  const client = new Client({ connectionString: places.postgres })
  await client.connect()
  // Copies need no check of their foreign keys, which took half of the time.
  await client.query('set session_replication_role = replica')
  const taskId = await createWaitingTask(places)
  let copied = 0

  const count = async (condition: string, values: unknown[] = []) => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from brandkit.tasks where ${condition}`,
      values,
    )
    return rows[0]?.count ?? 0
  }

  async function fillUpTo(most: number): Promise<void> {
    const copies = most - (await count(`status = 'queued' and id <> $1`, [taskId]))
    const input = { client, taskId, copies, from: copied + 1 }
    await client.query('begin')
    await multiplyTasks({ ...input, overrides: DUE_NOW })
    await multiplyMessages({ ...input, overrides: SENT_NOW })
    await client.query('commit')
    copied += copies
    // A backlog that has grown for hours has been seen by autovacuum, and its pages are on the disk.
    await client.query('vacuum analyze')
    await client.query('checkpoint')
  }

  async function rateOfNext({ skipped, counted }: { skipped: number; counted: number }): Promise<number> {
    const { rows: latest } = await client.query<{ at: string }>(
      `select coalesce(max(completed_at), '-infinity')::text as at from brandkit.tasks where purged_at is null`,
    )
    const since = latest[0]?.at
    const begun = performance.now()
    while ((await count('completed_at > $1 and purged_at is null', [since])) < skipped + counted) {
      if (performance.now() - begun > PATIENCE_MS) throw new Error(`The worker has stopped amid ${waiting} tasks.`)
      await wait(POLL_MS)
    }
    const { rows } = await client.query<{ seconds: number }>(
      `select extract(epoch from max(completed_at) - min(completed_at))::float8 as seconds
         from (select completed_at from brandkit.tasks where completed_at > $1 and purged_at is null
                order by completed_at offset $2 limit $3) as counted`,
      [since, skipped, counted],
    )
    const faults = await count(`status not in ('queued', 'processing') and (status <> 'completed' or attempt <> 1)`)
    if (faults > 0) throw new Error(`${faults} tasks of the backlog did not complete in their first attempt.`)
    return counted / (rows[0]?.seconds ?? NaN)
  }

  return { waiting, places, fillUpTo, rateOfNext, close: () => client.end() }
}

/** Times of the copies: now. The original is due in a year, so that only copies of it run. */
const DUE_NOW = {
  created_at: 'clock_timestamp()',
  updated_at: 'clock_timestamp()',
  run_at: 'clock_timestamp()',
  redeliver_at: 'clock_timestamp() + (t.redeliver_at - t.run_at)',
  expires_at: 'clock_timestamp() + (t.expires_at - t.run_at)',
}
/** A backlog has been sent over a while, so few of its messages have the same time. */
const SENT_NOW = {
  created_on: `t.created_on + n / 16 * interval '1 microsecond'`,
  start_after: 'clock_timestamp()',
  keep_until: 'clock_timestamp() + (t.keep_until - t.start_after)',
}

/** A server that takes requests only creates it, so that it waits in our table and in the queue. Resolves with its id. */
async function createWaitingTask({ postgres }: Places): Promise<string> {
  const server = createOursServer({
    store: postgresStore({ database: postgres, migrate: 'auto' }),
    queue: pgBossQueue(),
    concurrency: 1,
  })
  const client = new Client({ connectionString: postgres })
  try {
    const principal = { userId: 'bench', brandIds: '*' } as const
    const input = { type: 'BENCH', brandId: 'bench', payload: { number: 0, pauseMs: 0 } }
    const { taskId } = await server.tasks.create(principal, input)
    await client.connect()
    await client.query(
      `update brandkit.tasks set run_at = run_at + interval '1 year', redeliver_at = redeliver_at + interval '1 year',
                                 expires_at = expires_at + interval '1 year'`,
    )
    const { rowCount } = await client.query(
      `update brandkit_queue.job set start_after = start_after + interval '1 year', keep_until = keep_until + interval '1 year'
        where data->>'taskId' = $1`,
      [taskId],
    )
    if (rowCount !== 1) throw new Error(`The queue has ${rowCount} messages for a task that waits, instead of one.`)
    return taskId
  } finally {
    await client.end()
    await server.stop()
  }
}
