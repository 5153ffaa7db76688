import { CONTENDERS, type ContenderName, PEER } from '../contenders/contenders.ts'
import type { CpuOwner } from '../machine/cpu-meter.ts'
import type { Conditions } from '../machine/describe-machine.ts'
import { describeConditions, times, toTable, whole } from '../report/markdown.ts'
import { type Bar, plotBars } from '../report/plot-bars.ts'
import type { Report } from '../report/report.ts'
import { summarise } from '../report/summarise.ts'
import type { Run } from './run-contender.ts'
import { WORKLOAD_NAMES, type WorkloadName, WORKLOADS } from './workloads.ts'

export interface Round extends Run {
  round: number
  workload: WorkloadName
  contender: ContenderName
}

interface Input {
  conditions: Conditions
  settings: { rounds: Record<WorkloadName, number>; tasks: number; connections: number }
  results: readonly Round[]
}

const OWNERS: readonly CpuOwner[] = ['server', 'postgres', 'redis', 'load']
const HEADS = [
  '',
  'tasks a second',
  'least to most',
  'against the peer',
  'tasks a round',
  'life p50 / p99',
  'CPU µs a task',
  ...OWNERS,
]

/** Tables and pictures of the rounds, each value the middle one of them. */
export function reportWholeLife({ conditions, settings, results }: Input): Pick<Report, 'markdown' | 'plots'> {
  const plots: Record<string, string> = {}
  const parts = [
    describeConditions(conditions),
    `Interleaved rounds by ${settings.connections} connections: ${describeRounds(settings.rounds)}. A round ends with ${whole(settings.tasks)} tasks, or earlier with those that were created within its time: throughput is a rate, and slow contenders would need minutes. ${describeOthers(results)} "Against the peer" is the middle of the rounds' own ratios.`,
  ]
  for (const workload of WORKLOAD_NAMES) {
    const own = results.filter((round) => round.workload === workload)
    const title = WORKLOADS[workload].title
    const names = [...new Set(own.map(({ contender }) => contender))]
    parts.push(`### ${workload[0]?.toUpperCase()}${workload.slice(1)}: ${title}`)
    parts.push(
      toTable(
        HEADS,
        names.map((name) => toRow(name, own)),
      ),
    )
    const [speed, cpu] = [`whole-life-${workload}.svg`, `whole-life-${workload}-cpu.svg`]
    plots[speed] = plotBars({
      title: `Tasks a second, ${title}`,
      unit: 'tasks a second',
      bars: names.map((name) => toSpeed(name, own)),
    })
    plots[cpu] = plotBars({
      title: `CPU a task, ${title}`,
      unit: 'µs a task',
      bars: names.flatMap((name) => toCpu(name, own)),
    })
    parts.push(`![Tasks a second, ${title}](benchmarks/${speed})`, `![CPU a task, ${title}](benchmarks/${cpu})`)
  }
  return { markdown: parts.join('\n\n'), plots }
}

const describeRounds = (rounds: Record<WorkloadName, number>) =>
  WORKLOAD_NAMES.map((workload) => `${rounds[workload]} of ${workload} tasks`).join(', ')

function describeOthers(results: readonly Round[]): string {
  const shares = results.flatMap(({ cpu }) => (cpu.othersShare === null ? [] : [cpu.othersShare]))
  if (shares.length === 0) return 'What else the machine did is not known.'
  const { median, most } = summarise(shares)
  return `Others used ${Math.round(median * 100)} % of the cores meanwhile (at most ${Math.round(most * 100)} %).`
}

function toRow(name: ContenderName, rounds: readonly Round[]): string[] {
  const own = rounds.filter(({ contender }) => contender === name)
  const speed = summarise(own.map(({ perSecond }) => perSecond))
  const ratios = own.flatMap(({ round, perSecond }) => {
    const peer = rounds.find((other) => other.contender === PEER && other.round === round)
    return peer ? [perSecond / peer.perSecond] : []
  })
  const middle = (value: (round: Round) => number) => whole(summarise(own.map(value)).median)
  return [
    CONTENDERS[name].title,
    whole(speed.median),
    `${whole(speed.least)} to ${whole(speed.most)}`,
    name === PEER ? '1' : times(summarise(ratios).median),
    `${middle(({ tasks }) => tasks)} in ${middle(({ seconds }) => seconds)} s`,
    `${middle(({ lifeMs }) => lifeMs.p50)} / ${middle(({ lifeMs }) => lifeMs.p99)} ms`,
    middle(({ cpu }) => cpu.totalPerTask),
    ...OWNERS.map((owner) => middle(({ cpu }) => cpu.perTask[owner] ?? NaN)),
  ]
}

function toSpeed(name: ContenderName, rounds: readonly Round[]): Bar {
  const own = rounds.filter(({ contender }) => contender === name)
  const { median } = summarise(own.map(({ perSecond }) => perSecond))
  return { label: CONTENDERS[name].title, part: 'tasks a second', value: median }
}

function toCpu(name: ContenderName, rounds: readonly Round[]): Bar[] {
  const own = rounds.filter(({ contender }) => contender === name)
  return OWNERS.map((owner) => ({
    label: CONTENDERS[name].title,
    part: owner,
    value: summarise(own.map(({ cpu }) => cpu.perTask[owner] ?? 0)).median,
  }))
}
