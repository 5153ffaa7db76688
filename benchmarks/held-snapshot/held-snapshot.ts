import { Client } from 'pg'
import type { Launch } from '../contenders/contender.ts'
import { CONTENDERS, type ContenderName } from '../contenders/contenders.ts'
import { withContender } from '../contenders/with-contender.ts'
import { describeMachine } from '../machine/describe-machine.ts'
import { type Databases, startDatabases } from '../machine/start-databases.ts'
import { describeConditions, times, toTable, whole } from '../report/markdown.ts'
import type { Bench } from '../report/report.ts'
import { assertCompletedOnce } from '../whole-life/audit-tasks.ts'
import { loadTasks } from '../whole-life/load-tasks.ts'
import { WORKLOADS } from '../whole-life/workloads.ts'

const NAMES: readonly ContenderName[] = ['ours-postgres', 'express-pg-boss']
const CONNECTIONS = 64
const WARM_UP_TASKS = 400

interface Held {
  contender: ContenderName
  isHeld: boolean
  tasks: number
  /** Over the last third of the run, when most dead rows lie about. */
  perSecond: number
  completedBySecond: number[]
}

/** Whole lives while another client leaves a transaction open, which keeps Postgres from removing any dead row. */
export const heldSnapshot: Bench = {
  title: 'whole lives while a transaction stays open',
  longRun: '--minutes 10',

  async run({ minutes = 0.25, only, log }) {
    const names = NAMES.filter((name) => !only || only.includes(name))
    const databases = await startDatabases()
    try {
      const results: Held[] = []
      for (const contender of names) {
        // Both at the same time on databases of their own, so that a busy moment of the machine affects both.
        const pair = await Promise.all(
          [false, true].map((isHeld) => measureHeld(contender, { databases, isHeld, seconds: minutes * 60 })),
        )
        for (const { isHeld, perSecond } of pair)
          log(`${CONTENDERS[contender].title.padEnd(28)} ${isHeld ? 'held' : 'free'}  ${whole(perSecond)}/s`)
        results.push(...pair)
      }
      const conditions = describeMachine({
        servers: await databases.versions(),
        packages: names.flatMap((name) => CONTENDERS[name].packages),
      })
      const heads = ['tasks a second', 'no transaction', 'one open', 'ratio', 'tasks meanwhile']
      return {
        conditions,
        settings: { minutes, connections: CONNECTIONS, workload: WORKLOADS.instant },
        results,
        markdown: [
          describeConditions(conditions),
          `The last third of ${Math.round(minutes * 60)} s, both at the same time; ${WORKLOADS.instant.title}.`,
          toTable(
            heads,
            names.map((name) => toRow(name, results)),
          ),
        ].join('\n\n'),
        plots: {},
      }
    } finally {
      await databases.stop()
    }
  },
}

function toRow(name: ContenderName, results: readonly Held[]): string[] {
  const [free, held] = [false, true].map((isHeld) =>
    results.find((result) => result.contender === name && result.isHeld === isHeld),
  )
  const [before, after] = [free?.perSecond ?? NaN, held?.perSecond ?? NaN]
  return [CONTENDERS[name].title, whole(before), whole(after), times(after / before), whole(held?.tasks ?? NaN)]
}

export interface MeasureHeldOptions {
  databases: Databases
  isHeld: boolean
  seconds: number
  /** Most tasks. Default: as many as can be created in that time. */
  tasks?: number
  launch?: Launch
}

export async function measureHeld(
  name: ContenderName,
  { databases, isHeld, seconds, tasks = 1_000_000_000, launch }: MeasureHeldOptions,
): Promise<Held> {
  const { concurrency, mostOpen, pauseMs } = WORKLOADS.instant
  const places = await databases.makePlaces()
  return withContender(name, { databases, concurrency, places, launch }, async (contender) => {
    const load = { urls: [contender.url], connections: CONNECTIONS, mostOpen, pauseMs }
    const warmUp = await loadTasks({ ...load, tasks: Math.min(tasks, WARM_UP_TASKS), seconds })
    const holder = new Client({ connectionString: places.postgres })
    await holder.connect()
    try {
      // The first statement takes the snapshot, which stays until the end.
      if (isHeld) await holder.query('begin isolation level repeatable read')
      await holder.query('select count(*) from pg_class')
      const loaded = await loadTasks({ ...load, tasks, seconds, firstNumber: warmUp.acknowledged.size })
      const acknowledged = new Map([...warmUp.acknowledged, ...loaded.acknowledged])
      assertCompletedOnce({ acknowledged, rows: await contender.audit() })
      const fullSeconds = loaded.completedBySecond.slice(0, Math.floor(seconds))
      const last = fullSeconds.slice(-Math.ceil(seconds / 3))
      return {
        contender: name,
        isHeld,
        tasks: loaded.acknowledged.size,
        perSecond: last.reduce((sum, count) => sum + count, 0) / last.length,
        completedBySecond: loaded.completedBySecond,
      }
    } finally {
      await holder.end()
    }
  })
}
