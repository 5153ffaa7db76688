import { describeMachine } from '../machine/describe-machine.ts'
import { describeConditions, toTable, whole } from '../report/markdown.ts'
import type { Bench } from '../report/report.ts'
import { quantile } from '../report/summarise.ts'
import { runInChromium } from './run-in-chromium.ts'

interface Samples {
  commits: number[]
  waits: number[]
}

/** One of many tracked tasks changes, in Chromium, with the panel open. */
export const oneOfMany: Bench = {
  title: 'one of 1,000 tracked tasks changes, in Chromium',

  async run({ rounds = 200, size = 1_000, log }) {
    const [meta] = await runInChromium<{ samples?: Samples }>('one-of-many.bench.tsx', {
      TRACKED: String(size),
      CHANGES: String(rounds),
    })
    const samples = meta?.samples
    if (!samples) throw new Error('Chromium has measured nothing.')
    const rows = [
      toRow("rendering and committing (React's profiler)", samples.commits),
      toRow('from the write to the cache until the row shows it', samples.waits),
    ]
    for (const row of rows) log(row.join('  '))
    const conditions = describeMachine({ packages: ['react', 'vitest'] })
    const heads = [`${whole(size)} tasks, ${whole(rounds)} changes`, 'median', '95 % below']
    return {
      conditions,
      settings: { tracked: size, changes: rounds },
      results: samples,
      markdown: `${describeConditions(conditions)}\n\n${toTable(heads, rows)}`,
      plots: {},
    }
  },
}

function toRow(name: string, samples: readonly number[]): string[] {
  const sorted = samples.toSorted((a, b) => a - b)
  return [name, ...[0.5, 0.95].map((share) => `${quantile(sorted, share).toFixed(1)} ms`)]
}
