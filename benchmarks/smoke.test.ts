import { cp } from 'node:fs/promises'
import { keptPglite } from '@brandkit/tooling/kept-pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONTENDER_NAMES, CONTENDERS } from './contenders/contenders.ts'
import { createContender as createOursOnPglite } from './contenders/ours-pglite.ts'
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

let databases: Databases
beforeAll(async () => {
  databases = await startDatabases()
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
      })
      expect(runs.map(({ tasks }) => tasks)).toEqual([TASKS, TASKS])
      runs.forEach((run, at) => {
        expect(run.perSecond).toBeGreaterThan(0)
        rounds.push({ ...run, round: 1, contender: name, workload: WORKLOAD_NAMES[at] ?? 'instant' })
      })
    },
  )

  it('event-streams sees every change on every stream', async () => {
    const results = await measureStreams({ database: await databases.postgres.createDatabase(), streams: 3, rounds: 2 })
    expect(results.map(({ deliveries }) => deliveries)).toEqual([2 * 3, 4])
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
    const settings = { rounds: 1, tasks: TASKS, seconds: 60, connections: 2 }
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
