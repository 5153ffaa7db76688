import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { startPostgres } from '@brandkit/tooling/postgres'
import autocannon from 'autocannon'
import { describeMachine } from '../machine/describe-machine.ts'
import { describeConditions, times, toTable, whole } from '../report/markdown.ts'
import type { Bench } from '../report/report.ts'
import { summarise } from '../report/summarise.ts'
import type { StatusTargets } from './serve-status.ts'

const CONNECTIONS = 16

export interface StatusRound {
  round: number
  target: keyof StatusTargets
  perSecond: number
  latencyMs: { p50: number; p99: number }
}

/** Reads of one status, beside the same framework with a constant answer: what is left of it for our own work. */
export const statusRead: Bench = {
  title: 'reads of one status, beside the same framework answering a constant',

  async run({ rounds = 3, seconds = 3, size, log }) {
    const postgres = await startPostgres()
    try {
      const limit = size === undefined ? { duration: seconds } : { amount: size }
      const results = await measureReads({ database: await postgres.createDatabase(), rounds, limit })
      for (const { round, target, perSecond, latencyMs } of results)
        log(`${round} ${target.padEnd(18)} ${whole(perSecond)}/s  ${latencyMs.p50} / ${latencyMs.p99} ms`)
      const conditions = describeMachine({ packages: ['autocannon', 'express', 'pg'] })
      const rows = (['node', 'express'] as const).flatMap((framework) => toRows(framework, results))
      const heads = [`${CONNECTIONS} connections`, 'requests a second', 'p50 / p99', 'against the constant']
      return {
        conditions,
        settings: { rounds, connections: CONNECTIONS, ...limit },
        results,
        markdown: `${describeConditions(conditions)}\n\n${toTable(heads, rows)}`,
        plots: {},
      }
    } finally {
      await postgres.stop()
    }
  },
}

export interface MeasureReadsOptions {
  /** An empty one, `postgres://…`. */
  database: string
  rounds: number
  /** Seconds of each turn, or how many requests it has. */
  limit: { duration: number } | { amount: number }
}

/** @throws Error when a read does not answer 200 */
export async function measureReads({ database, rounds, limit }: MeasureReadsOptions): Promise<StatusRound[]> {
  const server = fork(join(import.meta.dirname, 'serve-status.ts'), [database], {
    execArgv: [],
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
  })
  try {
    const [targets] = (await once(server, 'message')) as [StatusTargets]
    const results: StatusRound[] = []
    for (let round = 1; round <= rounds; round++) {
      for (const [target, url] of Object.entries(targets) as [keyof StatusTargets, string][]) {
        const { requests, duration, latency, non2xx, errors } = await autocannon({
          url,
          connections: CONNECTIONS,
          ...limit,
        })
        if (non2xx + errors > 0) throw new Error(`${target}: ${non2xx + errors} reads failed.`)
        const perSecond = requests.total / duration
        results.push({ round, target, perSecond, latencyMs: { p50: latency.p50, p99: latency.p99 } })
      }
    }
    return results
  } finally {
    const gone = once(server, 'exit')
    server.kill()
    await gone
  }
}

function toRows(framework: 'node' | 'express', results: readonly StatusRound[]): string[][] {
  const roundsOf = (kind: 'constant' | 'ours') => results.filter(({ target }) => target === `${framework}-${kind}`)
  const ratios = roundsOf('ours').map(({ perSecond }, at) => perSecond / (roundsOf('constant')[at]?.perSecond ?? NaN))
  const middle = (kind: 'constant' | 'ours', value: (round: StatusRound) => number) =>
    summarise(roundsOf(kind).map(value)).median
  const title = { node: "Node's own HTTP", express: 'Express' }[framework]
  return (['constant', 'ours'] as const).map((kind) => [
    `${title}, ${kind === 'ours' ? 'ours on Postgres' : 'a constant'}`,
    whole(middle(kind, ({ perSecond }) => perSecond)),
    `${middle(kind, ({ latencyMs }) => latencyMs.p50)} / ${middle(kind, ({ latencyMs }) => latencyMs.p99)} ms`,
    kind === 'ours' ? times(summarise(ratios).median) : '1',
  ])
}
