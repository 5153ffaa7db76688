import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describeMachine } from '../machine/describe-machine.ts'
import { describeConditions, milliseconds, toTable } from '../report/markdown.ts'
import { plotBars } from '../report/plot-bars.ts'
import type { Bench } from '../report/report.ts'
import { summarise } from '../report/summarise.ts'

const OURS = ['@brandkit/server-adapter', '@brandkit/server-adapter/postgres'] as const
const PEERS = ['bullmq', 'pg-boss', 'graphile-worker', '@coji/durably', 'express'] as const
/** A fresh process imports one of these. The first two are the build that is published. */
const IMPORTED: readonly string[] = [...OURS, ...PEERS]

/** Each process says how long its one import took. */
const PROGRAM = `const begun = performance.now(); await import(process.argv[1]); console.log(performance.now() - begun)`

interface Imported {
  round: number
  name: string
  importMs: number
}

/** What an import costs a fresh process, which is what a function on a serverless platform pays first. */
export const coldStart: Bench = {
  title: 'milliseconds of an import in a fresh process',

  async run({ rounds = 9, only, log }) {
    const names = IMPORTED.filter((name) => !only || only.includes(name))
    const results = await measureImports({ names, rounds })
    const rows = names.map((name) => {
      const own = results.filter((imported) => imported.name === name)
      return { name, summary: summarise(own.map(({ importMs }) => importMs)) }
    })
    for (const { name, summary } of rows) log(`${name.padEnd(36)} ${milliseconds(summary.median)}`)
    const conditions = describeMachine({ packages: PEERS })
    const heads = [`${rounds} fresh processes each, in turns`, 'median', 'least', 'most']
    const cells = rows.map(({ name, summary: { median, least, most } }) => [
      `\`${name}\``,
      ...[median, least, most].map(milliseconds),
    ])
    const title = 'Import in a fresh process'
    const bars = rows.map(({ name, summary }) => ({ label: name, part: 'median', value: summary.median }))
    return {
      conditions,
      settings: { rounds },
      results,
      markdown: `${describeConditions(conditions)}\n\n${toTable(heads, cells)}\n\n![${title}](benchmarks/cold-start.svg)`,
      plots: { 'cold-start.svg': plotBars({ bars, title, unit: 'milliseconds', digits: 1 }) },
    }
  },
}

export async function measureImports({
  names,
  rounds,
}: {
  names: readonly string[]
  rounds: number
}): Promise<Imported[]> {
  const run = promisify(execFile)
  // Neither flags of a test runner nor a cache of compiled code, which a new container has not.
  const { NODE_OPTIONS: _flags, NODE_COMPILE_CACHE: _cache, ...env } = process.env
  const imported: Imported[] = []
  for (let round = 1; round <= rounds; round++)
    for (const name of names) {
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', PROGRAM, name], {
        cwd: import.meta.dirname,
        env: { ...env, NODE_ENV: 'production' },
      })
      const importMs = Number(stdout)
      if (!(importMs > 0)) throw new Error(`The import of ${name} said ${JSON.stringify(stdout)}.`)
      imported.push({ round, name, importMs })
    }
  return imported
}
