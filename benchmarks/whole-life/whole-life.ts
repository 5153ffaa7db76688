import { CONTENDER_NAMES, CONTENDERS, type ContenderName, PEER } from '../contenders/contenders.ts'
import { describeMachine } from '../machine/describe-machine.ts'
import { startDatabases } from '../machine/start-databases.ts'
import type { Bench } from '../report/report.ts'
import { reportWholeLife, type Round } from './report-whole-life.ts'
import { runContender } from './run-contender.ts'
import { WORKLOAD_NAMES, WORKLOADS } from './workloads.ts'

const CONNECTIONS = 64
/** The first comparison: these two complete all tasks, however long that takes. */
const IN_FULL = new Set<ContenderName>([PEER, 'ours-postgres'])
/** The others create for so many seconds, because throughput is a rate, and most of them would need minutes for all tasks. */
const OTHERS_SECONDS = 4
/** Longest time of creating for those that complete all tasks. */
const IN_FULL_SECONDS = 90
/** Tasks before the measured ones, which compile code, fill caches and open connections. */
const WARM_UP = { inFull: 2_000, others: 500 }

/** Whole lives of tasks by HTTP, ours beside what a team would build instead. */
export const wholeLife: Bench = {
  title: 'whole lives of tasks by HTTP: ours and the peers, two workloads',

  async run({ rounds = 2, size = 20_000, seconds, only, log }) {
    const names = CONTENDER_NAMES.filter((name) => !only || name === PEER || only.includes(name))
    const secondsOf = (name: ContenderName) => seconds ?? (IN_FULL.has(name) ? IN_FULL_SECONDS : OTHERS_SECONDS)
    // Half as many rounds of the second workload, for time.
    const roundsOf = { instant: rounds, spaced: Math.ceil(rounds / 2) }
    const settings = { rounds: roundsOf, tasks: size, connections: CONNECTIONS, workloads: WORKLOADS }
    const databases = await startDatabases()
    try {
      const conditions = describeMachine({
        servers: await databases.versions(),
        packages: names.flatMap((name) => CONTENDERS[name].packages),
      })
      const results: Round[] = []
      for (let round = 1; round <= rounds; round++)
        for (const workload of WORKLOAD_NAMES) {
          if (round > roundsOf[workload]) continue
          // A B C A B C, so that a busy moment of the machine affects every contender.
          for (const contender of names) results.push(await measure({ round, workload, contender }))
        }
      return { conditions, settings, results, ...reportWholeLife({ conditions, settings, results }) }
    } finally {
      await databases.stop()
    }

    async function measure(turn: Pick<Round, 'round' | 'workload' | 'contender'>): Promise<Round> {
      const { inFull, others } = WARM_UP
      const [run] = await runContender(turn.contender, {
        databases,
        workloads: [WORKLOADS[turn.workload]],
        connections: CONNECTIONS,
        warmUpTasks: Math.min(size, IN_FULL.has(turn.contender) ? inFull : others),
        tasks: size,
        seconds: secondsOf(turn.contender),
      })
      if (!run) throw new Error('A run of one workload has one result.')
      log(toLine(turn, run))
      return { ...turn, ...run }
    }
  },
}

function toLine(
  { round, workload, contender }: { round: number; workload: string; contender: ContenderName },
  run: Omit<Round, 'round' | 'workload' | 'contender'>,
): string {
  const { perTask, totalPerTask, othersShare } = run.cpu
  const cpu = Object.entries(perTask).map(([owner, value]) => `${owner} ${Math.round(value)}`)
  const others = othersShare === null ? '' : `  others ${Math.round(othersShare * 100)} %`
  return `${round} ${workload.padEnd(8)} ${CONTENDERS[contender].title.padEnd(40)} ${Math.round(run.perSecond)
    .toString()
    .padStart(
      6,
    )}/s (${run.tasks} in ${run.seconds.toFixed(1)} s)  life ${Math.round(run.lifeMs.p50)}/${Math.round(run.lifeMs.p99)} ms  CPU ${Math.round(totalPerTask)} µs (${cpu.join(', ')})${others}`
}
