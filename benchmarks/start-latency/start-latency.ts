import { setTimeout as wait } from 'node:timers/promises'
import type { Launch } from '../contenders/contender.ts'
import { CONTENDER_NAMES, CONTENDERS, type ContenderName } from '../contenders/contenders.ts'
import { createTaskClient } from '../contenders/task-client.ts'
import { withContender } from '../contenders/with-contender.ts'
import { clockMs } from '../machine/clock.ts'
import { describeMachine } from '../machine/describe-machine.ts'
import { type Databases, startDatabases } from '../machine/start-databases.ts'
import { describeConditions, milliseconds, toTable } from '../report/markdown.ts'
import { plotBars } from '../report/plot-bars.ts'
import type { Bench } from '../report/report.ts'
import { quantile } from '../report/summarise.ts'
import { assertCompletedOnce } from '../whole-life/audit-tasks.ts'

const CONCURRENCY = 10
const WARM_UP_CLICKS = 20
/** Pause before a click, in milliseconds. It varies, because clicks in step with a poll would measure the poll's phase. */
const PAUSE_MS = { least: 25, most: 75 }

interface Latency {
  contender: ContenderName
  clicks: number
  latencyMs: { p50: number; p99: number; longest: number }
}

/** From sending the create request to the first line of the work, while the worker has nothing else to do. */
export const startLatency: Bench = {
  title: 'from a click until the work starts, on an idle worker',

  async run({ rounds = 2, size = 60, only, log }) {
    const names = CONTENDER_NAMES.filter((name) => !only || only.includes(name))
    const databases = await startDatabases()
    try {
      const conditions = describeMachine({
        servers: await databases.versions(),
        packages: names.flatMap((name) => CONTENDERS[name].packages),
      })
      const samples = new Map<ContenderName, number[]>(names.map((name) => [name, []]))
      for (let round = 1; round <= rounds; round++)
        for (const name of names) {
          const own = await measureStarts(name, { databases, clicks: size, warmUpClicks: WARM_UP_CLICKS })
          samples.get(name)?.push(...own)
          log(`${round} ${CONTENDERS[name].title.padEnd(40)} ${toCells(toLatency(name, own)).join('  ')}`)
        }
      const results = [...samples].map(([name, own]) => toLatency(name, own))
      return { conditions, settings: { rounds, clicks: size, concurrency: CONCURRENCY }, results, ...report() }

      function report() {
        const heads = [`${rounds * size} clicks`, 'p50', 'p99', 'longest']
        const rows = results.map((latency) => [CONTENDERS[latency.contender].title, ...toCells(latency)])
        const bars = results.map(({ contender, latencyMs }) => ({
          label: CONTENDERS[contender].title,
          part: 'p50',
          value: latencyMs.p50,
        }))
        const title = 'From a click until the work starts'
        return {
          markdown: `${describeConditions(conditions)}\n\n${toTable(heads, rows)}\n\n![${title}](benchmarks/start-latency.svg)`,
          plots: { 'start-latency.svg': plotBars({ bars, title, unit: 'milliseconds, p50', digits: 1 }) },
        }
      }
    } finally {
      await databases.stop()
    }
  },
}

export interface MeasureStartsOptions {
  databases: Databases
  clicks: number
  warmUpClicks: number
  launch?: Launch | undefined
}

/** Milliseconds from each click to the start of its work. */
export async function measureStarts(
  name: ContenderName,
  { databases, clicks, warmUpClicks, launch }: MeasureStartsOptions,
): Promise<number[]> {
  return withContender(name, { databases, concurrency: CONCURRENCY, launch }, async (contender) => {
    const client = createTaskClient({ url: contender.url, connections: 1 })
    const acknowledged = new Map<string, number>()
    const clickedMs: number[] = []
    try {
      for (let number = 0; number < warmUpClicks + clicks; number++) {
        await wait(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least))
        clickedMs.push(clockMs())
        acknowledged.set(await client.create({ number, pauseMs: 0 }), number)
      }
      for (const taskId of acknowledged.keys())
        while ((await client.read([taskId]))[0]?.status !== 'completed') await wait(PAUSE_MS.least)
    } finally {
      await client.close()
    }
    const rows = await contender.audit()
    assertCompletedOnce({ acknowledged, rows })
    const startedMs = new Map(rows.map(({ result }) => [result?.['number'], Number(result?.['startedMs'])]))
    return clickedMs.map((clicked, number) => (startedMs.get(number) ?? NaN) - clicked).slice(warmUpClicks)
  })
}

function toLatency(contender: ContenderName, samples: readonly number[]): Latency {
  const sorted = samples.toSorted((a, b) => a - b)
  const latencyMs = { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), longest: quantile(sorted, 1) }
  return { contender, clicks: samples.length, latencyMs }
}

const toCells = ({ latencyMs }: Latency): string[] => Object.values(latencyMs).map(milliseconds)
