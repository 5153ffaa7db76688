import { describeMachine } from '../machine/describe-machine.ts'
import { describeConditions, toTable, whole } from '../report/markdown.ts'
import type { Bench } from '../report/report.ts'
import { quantile } from '../report/summarise.ts'
import { runInChromium } from './run-in-chromium.ts'

const SIZES = [1, 50, 1_000]

interface Followed {
  title: string
  tasks: number
  requests: number
  /** Addresses and bodies, without headers. */
  bytes: number
  /** From each change until the page showed it, in milliseconds. */
  delays: number[]
  /** How often React has committed a change of the list. */
  commits: number
}

/** Pages that follow tasks to their end, in Chromium: what they ask for, and how soon they show a change. */
export const browser: Bench = {
  title: 'pages that follow 1, 50 and 1,000 tasks: requests, bytes, time to notice',

  async run({ size, seconds = 4, log }) {
    const sizes = size === undefined ? SIZES : [size]
    const metas = await runInChromium<{ followed?: Followed }>('browser.bench.tsx', {
      FOLLOWED: sizes.join(','),
      WATCH_MS: String(seconds * 1_000),
    })
    const results = metas.flatMap(({ followed }) => followed ?? [])
    if (results.length === 0) throw new Error('Chromium has measured nothing.')
    const rows = results.map(toRow)
    for (const row of rows) log(row.join('  '))
    const conditions = describeMachine({ packages: ['react', '@tanstack/react-query'] })
    const heads = ['', 'tasks', 'changes', 'requests', 'kB', 'noticed, median', '95 % within', 'commits']
    return {
      conditions,
      settings: { sizes, seconds },
      results,
      markdown: `${describeConditions(conditions)} The tasks reported for ${seconds} s before they ended.\n\n${toTable(heads, rows)}`,
      plots: {},
    }
  },
}

function toRow({ title, tasks, requests, bytes, delays, commits }: Followed): string[] {
  const sorted = delays.toSorted((a, b) => a - b)
  const noticed = [0.5, 0.95].map((share) => `${whole(quantile(sorted, share))} ms`)
  return [title, ...[tasks, delays.length, requests, bytes / 1_000].map(whole), ...noticed, whole(commits)]
}
