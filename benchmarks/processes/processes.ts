import type { ContenderName } from '../contenders/contenders.ts'
import { CONTENDERS } from '../contenders/contenders.ts'
import type { CpuOwner } from '../machine/cpu-meter.ts'
import { describeMachine } from '../machine/describe-machine.ts'
import { startDatabases } from '../machine/start-databases.ts'
import { describeConditions, times, toTable, whole } from '../report/markdown.ts'
import { plotBars } from '../report/plot-bars.ts'
import type { Bench } from '../report/report.ts'
import { summarise } from '../report/summarise.ts'
import { type Run, runContender } from '../whole-life/run-contender.ts'
import { WORKLOADS } from '../whole-life/workloads.ts'

const COUNTS = [1, 2, 4] as const
const CONTENDER: ContenderName = 'ours-postgres'
const CONNECTIONS = 64
const WARM_UP_SHARE = 0.1
const OWNERS: readonly CpuOwner[] = ['server', 'postgres', 'load']

interface Round extends Run {
  round: number
  processes: number
}

/** Whole lives with several processes of ours on one database. Each creates and works, and clients take turns with them. */
export const processes: Bench = {
  title: 'whole lives with 1, 2 and 4 processes of ours on one Postgres',

  async run({ rounds = 2, size = 4_000, seconds = 5, log }) {
    const databases = await startDatabases()
    try {
      const conditions = describeMachine({
        servers: await databases.versions(),
        packages: CONTENDERS[CONTENDER].packages,
      })
      const results: Round[] = []
      for (let round = 1; round <= rounds; round++)
        for (const count of COUNTS) {
          const [run] = await runContender(CONTENDER, {
            databases,
            workloads: [WORKLOADS.instant],
            connections: CONNECTIONS,
            warmUpTasks: Math.ceil(size * WARM_UP_SHARE),
            tasks: size,
            seconds,
            processes: count,
          })
          if (!run) throw new Error('A run of one workload has one result.')
          log(`${round} processes: ${count}  ${whole(run.perSecond)}/s  CPU ${whole(run.cpu.totalPerTask)} µs`)
          results.push({ ...run, round, processes: count })
        }
      const title = 'Tasks a second by number of processes'
      const bars = COUNTS.map((count) => ({
        label: `${count} ${count === 1 ? 'process' : 'processes'}`,
        part: 'tasks a second',
        value: summarise(results.filter((run) => run.processes === count).map(({ perSecond }) => perSecond)).median,
      }))
      const heads = ['processes', 'tasks a second', 'against one', 'CPU µs a task', ...OWNERS]
      return {
        conditions,
        settings: { rounds, tasks: size, seconds, connections: CONNECTIONS, workload: WORKLOADS.instant },
        results,
        markdown: [
          describeConditions(conditions),
          `${WORKLOADS.instant.title}; ${rounds} interleaved rounds of ${whole(size)} tasks.`,
          toTable(
            heads,
            COUNTS.map((count) => toRow(count, results)),
          ),
          `![${title}](benchmarks/processes.svg)`,
        ].join('\n\n'),
        plots: { 'processes.svg': plotBars({ bars, title, unit: 'tasks a second' }) },
      }
    } finally {
      await databases.stop()
    }
  },
}

function toRow(count: number, results: readonly Round[]): string[] {
  const own = results.filter((run) => run.processes === count)
  const ratios = own.map(({ round, perSecond }) => {
    const alone = results.find((run) => run.processes === 1 && run.round === round)
    return perSecond / (alone?.perSecond ?? NaN)
  })
  const middle = (value: (run: Round) => number) => summarise(own.map(value)).median
  return [
    String(count),
    whole(middle(({ perSecond }) => perSecond)),
    times(summarise(ratios).median),
    whole(middle(({ cpu }) => cpu.totalPerTask)),
    ...OWNERS.map((owner) => whole(middle(({ cpu }) => cpu.perTask[owner] ?? NaN))),
  ]
}
