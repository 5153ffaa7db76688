import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describeMachine } from '../machine/describe-machine.ts'
import { describeConditions, toTable, whole } from '../report/markdown.ts'
import type { Bench } from '../report/report.ts'
import { quantile } from '../report/summarise.ts'

const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')

interface Samples {
  commits: number[]
  waits: number[]
}

/** One of many tracked tasks changes, in Chromium, with the panel open. */
export const oneOfMany: Bench = {
  title: 'one of 1,000 tracked tasks changes, in Chromium',

  async run({ rounds = 200, size = 1_000, log }) {
    const samples = await runInChromium({ tracked: size, changes: rounds })
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

async function runInChromium({ tracked, changes }: { tracked: number; changes: number }): Promise<Samples> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-one-of-many-'))
  const output = join(folder, 'results.json')
  try {
    await promisify(execFile)(
      process.execPath,
      [
        VITEST,
        'run',
        '--config',
        join(import.meta.dirname, 'vitest.config.ts'),
        '--reporter=json',
        `--outputFile=${output}`,
      ],
      { cwd: import.meta.dirname, env: { ...process.env, TRACKED: String(tracked), CHANGES: String(changes) } },
    )
    const { testResults } = JSON.parse(await readFile(output, 'utf8')) as {
      testResults: { assertionResults: { meta: { samples?: Samples } }[] }[]
    }
    const samples = testResults[0]?.assertionResults[0]?.meta.samples
    if (!samples) throw new Error('Chromium has measured nothing.')
    return samples
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
