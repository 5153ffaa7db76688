import { cp } from 'node:fs/promises'
import { keptPglite } from '@brandkit/tooling/kept-pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONTENDER_NAMES, CONTENDERS } from './contenders/contenders.ts'
import { createContender as createOursOnPglite } from './contenders/ours-pglite.ts'
import { runInThisProcess } from './contenders/run-in-this-process.ts'
import { measureBacklogs } from './backlog/backlog.ts'
import { measureImports } from './cold-start/cold-start.ts'
import { measureHeld } from './held-snapshot/held-snapshot.ts'
import { countStatements } from './idle/count-statements.ts'
import { measureIdle } from './idle/idle.ts'
import { measureTables } from './large-tables/large-tables.ts'
import { measureStarts } from './start-latency/start-latency.ts'
import { measureStreams } from './event-streams/event-streams.ts'
import { describeMachine } from './machine/describe-machine.ts'
import { type Databases, startDatabases } from './machine/start-databases.ts'
import { pageSize } from './page/page-size.ts'
import { measureReads } from './status-read/status-read.ts'
import { reportWholeLife, type Round } from './whole-life/report-whole-life.ts'
import { runContender } from './whole-life/run-contender.ts'
import { WORKLOAD_NAMES, WORKLOADS } from './whole-life/workloads.ts'

// Every benchmark runs with a handful of tasks, so that a broken one is noticed. No test here judges a time.
const TASKS = 6
const rounds: Round[] = []
/** A Postgres that is thrown away need not survive a power cut. */
const HASTY = { fsync: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0', autovacuum: 'off' }
/** In the process of the test, because a process for each would cost seconds of a core. */
const here = () => ({ databases, launch: runInThisProcess, log: () => {} })

let databases: Databases
beforeAll(async () => {
  databases = await startDatabases({ settings: { ...countStatements.settings, ...HASTY } })
})
afterAll(() => databases.stop())

// Concurrent, because each test mostly waits for its server.
describe.concurrent('each benchmark', () => {
  it.each(CONTENDER_NAMES)(
    'whole-life runs %s with both workloads, and finds each task completed once',
    async (name) => {
      const runs = await runContender(name, {
        databases: name === 'ours-pglite' ? withKeptPglite(databases) : databases,
        workloads: WORKLOAD_NAMES.map((workload) => ({ ...WORKLOADS[workload], concurrency: 8 })),
        connections: 2,
        warmUpTasks: 1,
        tasks: TASKS,
        seconds: 60,
        // One contender has a process of its own, as in a measurement; a process for each would cost seconds of a core.
        ...(name !== 'ours-postgres' && { launch: runInThisProcess }),
      })
      expect(runs.map(({ tasks }) => tasks)).toEqual([TASKS, TASKS])
      runs.forEach((run, at) => {
        expect(run.perSecond).toBeGreaterThan(0)
        rounds.push({ ...run, round: 1, contender: name, workload: WORKLOAD_NAMES[at] ?? 'instant' })
      })
    },
  )

  it('start-latency times each click', async () => {
    const latencies = await measureStarts('ours-postgres', { ...here(), clicks: 2, warmUpClicks: 1 })
    expect(latencies).toHaveLength(2)
    for (const latency of latencies) expect(latency).toBeGreaterThan(0)
  })

  it('backlog is drained, and filled up again', async () => {
    const results = await measureBacklogs({ ...here(), sizes: [8], rounds: 2, warmUp: 2, counted: 8 })
    expect(results.map(({ waiting }) => waiting)).toEqual([8, 8])
    for (const { perSecond } of results) expect(perSecond).toBeGreaterThan(0)
  })

  it('large-tables finds the tasks of each user', async () => {
    const results = await measureTables({ ...here(), sizes: [2_500], rounds: 1, readsATurn: 5 })
    expect(results.map(({ rows, read }) => `${read} ${rows}`)).toEqual(['status 2500', 'list 2500'])
  })

  it('held-snapshot runs while a transaction is open', async () => {
    const { tasks } = await measureHeld('ours-postgres', { ...here(), isHeld: true, tasks: TASKS, seconds: 60 })
    expect(tasks).toBe(TASKS)
  })

  it('processes share one database', async () => {
    const [run] = await runContender('ours-postgres', {
      ...here(),
      workloads: [WORKLOADS.instant],
      connections: 2,
      warmUpTasks: 1,
      tasks: TASKS,
      seconds: 60,
      processes: 2,
    })
    expect(run?.tasks).toBe(TASKS)
  })

  it('idle counts what workers ask their databases', async () => {
    const names = ['ours-postgres', 'ours-bullmq'] as const
    const results = await measureIdle({ ...here(), names, settlingMs: 0, measuredMs: 1_500 })
    expect(results.map(({ contender }) => contender)).toEqual(names)
    expect(results[0]?.statements).toBeGreaterThan(0)
    expect(results[1]?.commands).toBeGreaterThan(0)
  })

  it('cold-start imports what is published', async () => {
    const [imported] = await measureImports({ names: ['@brandkit/server-adapter/postgres'], rounds: 1 })
    expect(imported?.importMs).toBeGreaterThan(0)
  })

  it('event-streams sees every change on every stream', async () => {
    const results = await measureStreams({ database: await databases.postgres.createDatabase(), streams: 3, rounds: 2 })
    expect(results.map(({ deliveries }) => deliveries)).toEqual([2 * 3, 2 * 3])
  })

  it('status-read reads through each framework, ours and a constant', async () => {
    const database = await databases.postgres.createDatabase()
    const results = await measureReads({ database, rounds: 1, limit: { amount: 32 } })
    expect(results.map(({ target }) => target)).toEqual([
      'node-constant',
      'node-ours',
      'express-constant',
      'express-ours',
    ])
  })

  it('page-size weighs what we ship', async () => {
    const { results } = await pageSize.run({ only: ['ours'], log: () => {} })
    expect(results).toHaveLength(4)
    for (const { bytes } of results as { bytes: number }[]) expect(bytes).toBeGreaterThan(0)
  })
})

describe('the page', () => {
  it('gets tables and pictures of whole lives', async () => {
    const conditions = describeMachine({ servers: await databases.versions() })
    const settings = { rounds: { instant: 1, spaced: 1 }, tasks: TASKS, connections: 2 }
    const { markdown, plots } = reportWholeLife({ conditions, settings, results: rounds })
    const titles = CONTENDER_NAMES.map((name) => CONTENDERS[name].title)
    for (const title of titles) expect(markdown.split(`| ${title} `)).toHaveLength(WORKLOAD_NAMES.length + 1)
    expect(Object.keys(plots)).toHaveLength(2 * WORKLOAD_NAMES.length)
    for (const svg of Object.values(plots)) for (const title of titles) expect(svg).toContain(title)
  })
})

/** The first run keeps a database of PGlite for later runs, because making one takes seconds. */
function withKeptPglite(all: Databases): Databases {
  return {
    ...all,
    async makePlaces() {
      const places = await all.makePlaces()
      const kept = await keptPglite('benchmarks', async (folder) => {
        const contender = createOursOnPglite({ ...places, folder, concurrency: 1 })
        await contender.start()
        await contender.stop()
      })
      await cp(kept, places.folder, { recursive: true })
      return places
    },
  }
}
